# Mails. $brand is the name of the support, $minutes how long link and code are good, $device what asked, such as "Firefox, Windows".

sign-in-subject = تسجيل الدخول إلى { $brand }
sign-in-heading = تسجيل الدخول إلى { $brand }
sign-in-intro = لتسجيل الدخول، يُرجى فتح هذا الرابط:
sign-in-button = تسجيل الدخول
sign-in-code-lead = أو إدخال هذا الرمز حيث طُلب:
sign-in-valid =
    { $minutes ->
        [zero] الرابط والرمز صالحان لمدة { $minutes } دقيقة ولمرة واحدة.
        [one] الرابط والرمز صالحان لمدة دقيقة واحدة ولمرة واحدة.
        [two] الرابط والرمز صالحان لمدة دقيقتين ولمرة واحدة.
        [few] الرابط والرمز صالحان لمدة { $minutes } دقائق ولمرة واحدة.
        [many] الرابط والرمز صالحان لمدة { $minutes } دقيقة ولمرة واحدة.
       *[other] الرابط والرمز صالحان لمدة { $minutes } دقيقة ولمرة واحدة.
    }
sign-in-device = طُلبا من هذا الجهاز: { $device }.
sign-in-device-unknown = طلبهما شخص ما بهذا العنوان.
sign-in-ignore = لم يكن الطلب منك؟ إذن يُرجى تجاهل هذه الرسالة: لا يمكن لأحد الدخول من دونها. يُرجى عدم إعطاء الرمز لأحد.
sign-in-link-lead = إذا لم يعمل الزر، فيُرجى نسخ هذا العنوان إلى المتصفح:

# The mail about an answer that was not seen. $subject and $number are the ticket's, $count says how many answers there are, $agent is who wrote one,
# $name that of a file. The subject is that of each mail about a ticket: mail programs group by it.
away-subject = { $subject } (#{ $number })
away-untitled = تذكرتك
away-lead =
    { $count ->
        [zero] لا توجد ردود جديدة في تذكرتك.
        [one] يوجد رد جديد في تذكرتك.
        [two] يوجد ردان جديدان في تذكرتك.
        [few] توجد { $count } ردود جديدة في تذكرتك.
        [many] يوجد { $count } ردًا جديدًا في تذكرتك.
       *[other] يوجد { $count } رد جديد في تذكرتك.
    }
away-wrote = رسالة من { $agent }:
away-file = ملف: { $name }
away-more = للنص بقية. يُرجى فتح التذكرة لمتابعة القراءة.
away-hidden = للقراءة، يُرجى فتح التذكرة.
away-solved = وضع فريق الدعم علامة «تم الحل» على تذكرتك. إذا لم تُحل المشكلة، فيُرجى الرد فيها: يعيد ذلك فتحها.
away-reopened = تذكرتك مفتوحة من جديد: فريق الدعم يعمل عليها.
away-open = فتح التذكرة
away-reply = يُرجى الرد في التذكرة: الرد على هذه الرسالة لا يصل إليها.
away-why = وصلتك هذه الرسالة لأنك لم تطّلع على الجديد بعد.
away-off-ticket = إيقاف الرسائل حول هذه التذكرة
away-off-all = إيقاف الرسائل حول جميع الردود

# The page that those two lead to, with one button.
away-page-title-ticket = رسائل حول تذكرة
away-page-title-all = رسائل حول الردود
away-page-on-ticket = تصلك رسالة عند وجود رد في هذه التذكرة لم تطّلع عليه.
away-page-off-ticket = لا تصلك رسائل حول هذه التذكرة.
away-page-on-all = تصلك رسالة عند وجود رد لم تطّلع عليه.
away-page-off-all = لا تصلك رسائل حول الردود. أما الرسائل التي تُطلب لتسجيل الدخول فتصل دائمًا.
away-page-switch-off = إيقاف هذه الرسائل
away-page-switch-on = تشغيل هذه الرسائل
away-page-account = يمكنك تغيير ذلك في حسابك أيضًا.
away-page-broken-title = لا يوجد ما يمكن تغييره هنا
away-page-broken = هذا العنوان غير مكتمل. يُرجى فتحه من الرسالة مرة أخرى، أو تغيير ذلك في حسابك.
away-page-later = محاولات كثيرة في وقت قصير. يُرجى إعادة المحاولة بعد دقيقة.
away-page-failed = حدث خطأ هنا ولم يتغير شيء. يُرجى إعادة المحاولة بعد دقيقة.
away-page-portal = إلى تذاكرك
