### Texts of the portal's screens.
###
### A language is a folder with this file and emails.ftl. What it does not have is shown in English.
### Words in braces are filled in: { $name } must stay as it is. Numbers and dates follow the language by themselves.

## The language itself

# Its own name, as people who speak it look for it in a list.
language-name = العربية
# ltr or rtl
language-direction = rtl

## Before the page is there

# It could not be loaded, and the link that tries again.
page-failed = تعذّر تحميل هذه الصفحة. يُرجى التحقق من الاتصال.
page-load-again = إعادة التحميل
page-needs-script = تحتاج هذه الصفحة إلى JavaScript و WebAssembly. يُرجى تفعيلهما أو استخدام متصفح آخر.

## Everywhere

skip-link = الانتقال إلى المحتوى
loading = جارٍ التحميل…
try-again = إعادة المحاولة
sending = جارٍ الإرسال…
reload = إعادة التحميل
close = إغلاق
download = تنزيل
to-tickets = الانتقال إلى تذاكرك
# Read out after a link, to those who do not see where it leads.
new-tab = (يُفتح في تبويب جديد)
# Stands between a name and a time, as in "Noor, 09:31".
comma = { "، " }
# Stands between the name of a field or a file and what is wrong with it.
colon = { ": " }
you = أنت
unread = غير مقروءة:
no-subject = بلا موضوع
outdated = تتوفر نسخة جديدة من هذه الصفحة. النص الذي لم يُرسل بعد محفوظ.
part-failed-title = تعذّر تحميل هذا الجزء
offline-line = لا يوجد اتصال بالإنترنت أو يتعذّر الوصول إلينا. قد تكون المعلومات المعروضة قديمة؛ نواصل المحاولة.
# $time: day and time
as-of-line = هذا هو الوضع في { $time }؛ نظام الدعم لدينا لا يستجيب حاليًا.
# $time: the time of today
as-of-today = هذا هو الوضع اليوم في { $time }؛ نظام الدعم لدينا لا يستجيب حاليًا.

## The menu at the end of the top bar

account-label = حسابك:
# Read out before the name of the language.
preferences-label = اللغة والمظهر:
signed-in-as = تم تسجيل الدخول باسم
language-label = اللغة
language-failed = تعذّر تحميل هذه اللغة. يُرجى إعادة المحاولة.
theme-label = المظهر
theme-system = تلقائي
theme-light = فاتح
theme-dark = داكن
account-open = حسابك
sign-out = تسجيل الخروج
# Signing out could not be done; why follows. Stands over everything else until one of the buttons is pressed.
unended-title = ما زلت مسجّل الدخول
unended-lead = لم ينجح تسجيل الخروج.
unended-stay = البقاء مسجّلًا
# He wants to sign out while a ticket or a message of his waits for the network, or for its files.
unsent-title = لم يُرسَل كل شيء بعد
unsent-lead = ما زال شيء كتبته ينتظر الإرسال. إذا سجّلت الخروج الآن فلن يُرسَل، وسينساه هذا المتصفح.
unsent-leave = تسجيل الخروج مع ذلك

## Signing in

sign-in-title = تسجيل الدخول
sign-in-lead = يُرجى إدخال بريدك الإلكتروني. سنرسل إليك رابطًا ورمزًا، ولا حاجة إلى كلمة مرور.
address-label = البريد الإلكتروني
sign-in-send = إرسال الرابط
signed-out = تم تسجيل الخروج.

## After the form: the mail is on its way

check-title = تحقق من بريدك الإلكتروني
# The same is said for every address. $minutes: a number
check-lead =
    { $minutes ->
        [zero] إذا كان بإمكان { $address } تسجيل الدخول هنا، فهناك رسالة في الطريق تتضمن رابطًا ورمزًا. وهما صالحان لمدة { $minutes } دقيقة.
        [one] إذا كان بإمكان { $address } تسجيل الدخول هنا، فهناك رسالة في الطريق تتضمن رابطًا ورمزًا. وهما صالحان لمدة دقيقة واحدة.
        [two] إذا كان بإمكان { $address } تسجيل الدخول هنا، فهناك رسالة في الطريق تتضمن رابطًا ورمزًا. وهما صالحان لمدة دقيقتين.
        [few] إذا كان بإمكان { $address } تسجيل الدخول هنا، فهناك رسالة في الطريق تتضمن رابطًا ورمزًا. وهما صالحان لمدة { $minutes } دقائق.
        [many] إذا كان بإمكان { $address } تسجيل الدخول هنا، فهناك رسالة في الطريق تتضمن رابطًا ورمزًا. وهما صالحان لمدة { $minutes } دقيقة.
       *[other] إذا كان بإمكان { $address } تسجيل الدخول هنا، فهناك رسالة في الطريق تتضمن رابطًا ورمزًا. وهما صالحان لمدة { $minutes } دقيقة.
    }
code-label = الرمز الوارد في الرسالة
# K7QF-2M9X is an example of a code.
code-hint = ثمانية أحرف وأرقام، مثل K7QF‑2M9X.
code-send = تسجيل الدخول
signing-in = جارٍ تسجيل الدخول…
send-again = إرسال رسالة أخرى
# $seconds: a number
send-again-in =
    { $seconds ->
        [zero] إرسال رسالة أخرى الآن
        [one] إرسال رسالة أخرى بعد ثانية واحدة
        [two] إرسال رسالة أخرى بعد ثانيتين
        [few] إرسال رسالة أخرى بعد { $seconds } ثوانٍ
        [many] إرسال رسالة أخرى بعد { $seconds } ثانية
       *[other] إرسال رسالة أخرى بعد { $seconds } ثانية
    }
sent-again = إذا كان بإمكان هذا العنوان تسجيل الدخول، فهناك رسالة في الطريق. تبقى الرموز السابقة صالحة إلى أن يُستخدم أحدها.
other-address = استخدام عنوان آخر
no-mail-title = لم تصلك أي رسالة؟
no-mail-spam = يُرجى البحث في مجلد الرسائل غير المرغوب فيها.
no-mail-typo = يُرجى التأكد من صحة العنوان: { $address }
no-mail-other-address = ربما سبق أن راسلتنا من عنوان آخر: يُرجى تجربته.
no-mail-again = إذا كان بإمكان هذا العنوان تسجيل الدخول، فهناك رسالة في الطريق؛ وقد يستغرق وصولها بضع دقائق. لا يُرسل سوى عدد قليل من الرسائل في الساعة.

## The link of the mail

link-opening = جارٍ فتح الرابط…
link-title = هل تريد تسجيل الدخول على هذا الجهاز؟
link-lead = طُلب هذا الرابط من متصفح آخر. لا ينبغي المتابعة إلا إذا كان الطلب منك.
link-mailbox = البريد
link-device = الجهاز
link-asked = وقت الطلب
link-warning = إذا لم يكن الطلب منك، فيُرجى إغلاق هذه الصفحة. لن يحدث شيء حينها.
# $other: an e-mail address
link-signed-in-as = تم تسجيل الدخول هنا باسم { $other }. ستؤدي المتابعة إلى تسجيل خروج هذا العنوان.
# $address: an e-mail address
link-press = تسجيل الدخول باسم { $address }
link-spent-title = لم يعد هذا الرابط صالحًا
link-spent = الرابط صالح لوقت قصير ولمرة واحدة. رابطك استُخدم من قبل أو انتهت صلاحيته أو أنه غير مكتمل.
link-new = طلب رابط جديد
link-failed-title = تعذّر فتح الرابط

## The session ended while something was on the screen

over-title = يُرجى تسجيل الدخول للمتابعة
over-lead = تم تسجيل خروجك بسبب عدم النشاط لفترة أو من جهاز آخر.
over-kept = النص الذي لم يُرسل بعد ما زال هنا.
# $address: an e-mail address
over-send = إرسال رمز إلى { $address }
over-sent = إذا كان بإمكان { $address } تسجيل الدخول هنا، فهناك رسالة في الطريق تتضمن رمزًا. يُرجى إدخال الرمز هنا.
over-leave = الخروج ونسيان المحفوظ في هذا المتصفح

## The account

account-title = حسابك
profile-title = الملف الشخصي
name-label = اسمك
name-hint = بهذا الاسم يخاطبك فريق الدعم. إذا تُرك فارغًا، فسيُستخدم ما يسبق علامة @ في عنوانك.
name-save = حفظ الاسم
name-saved = حُفظ اسمك. يراه فريق الدعم أيضًا.
profile-lead = عند تسجيل الدخول تأكدنا من أن هذا البريد لك. تظهر الصفحات والرسائل باللغة المختارة هنا.
mails-all = إرسال رسالة إليّ عند وجود رد لم أطّلع عليه
sessions-title = الأجهزة المسجَّل الدخول عليها
sessions-lead = إذا كانت إحدى هذه الجلسات مجهولة لديك، فيُرجى إنهاؤها. الجلسة غير المستخدمة تنتهي تلقائيًا.
session-here = هذا المتصفح
# Stands for the name of a device that does not say what it is.
session-unknown = جهاز غير معروف
# $when: day and time, such as "Today, 09:31"
session-used = آخر استخدام: { $when }
session-began = تسجيل الدخول: { $when }
session-end = إنهاء
# Read out in place of "End". $device: such as "Firefox, Windows"
session-end-label = إنهاء: { $device }
session-ended = تم إنهاء هذه الجلسة.
sessions-end-others = تسجيل الخروج من كل مكان آخر
forget-section = حذف بياناتي
forget-lead = يمكن للبوابة أن تنسى كل ما تحفظه عنك. تبقى تذاكرك لدى فريق الدعم.
forget-open = حذف بياناتي…
forget-title = هل تريد أن تنسى البوابة بياناتك؟
forget-goes = ما سيُحذف
forget-goes-sessions = جلساتك: يُسجَّل خروجك من جميع الأجهزة.
forget-goes-copies = نُسخ تذاكرك ورسائلك المحفوظة في البوابة.
forget-goes-drafts = مسوداتك والرسائل التي لم تُرسل.
forget-goes-profile = عنوانك واسمك ولغتك وسجل قراءتك.
forget-stays = ما سيبقى
# $brand: name of the company's support
forget-stays-tickets = تذاكرك لدى فريق دعم { $brand }. لحذفها، يُرجى طلب ذلك أولًا في تذكرة.
forget-stays-number = قائمة بأرقام التذاكر دون اسمك، حتى لا يستعيدها غيرك عند تسجيل دخولك مجددًا.
forget-keep = الاحتفاظ بكل شيء
forget-act = حذف بياناتي
forget-done = حُذفت بياناتك هنا، وتم تسجيل خروجك من كل مكان.

## The list of tickets

tickets-title = تذاكرك
new-ticket = تذكرة جديدة
# A line of the list: who wrote last, and the beginning of it.
row-last = { $who }: { $words }
row-sending = أنت: جارٍ الإرسال…
row-waiting = أنت: في انتظار الإرسال
row-failed = لم تُرسل. لإعادة المحاولة يُرجى فتح التذكرة.
more-tickets = عرض المزيد
# Stands on paper below a list that is not printed whole.
more-not-printed = توجد تذاكر أكثر من المطبوعة هنا. لطباعتها ابحث عنها أولًا.
tickets-none-title = لا توجد تذاكر بعد
tickets-none = عند الحاجة إلى المساعدة، يمكنك كتابة تذكرة جديدة. سيظهر ردنا هنا.
tickets-filling = جارٍ جلب تذاكرك السابقة…
tickets-failed-title = تعذّر تحميل تذاكرك
choose-title = لا توجد تذكرة مفتوحة
choose-text = يمكنك اختيار تذكرة لقراءتها أو كتابة تذكرة جديدة.

# Looking for tickets
find-label = البحث في تذاكرك
find-placeholder = بحث
# Read out: what the links are that follow.
show-label = أي التذاكر
show-all = الكل
show-open = مفتوحة
show-waiting = بانتظار ردك
show-solved = محلولة
# How many tickets there are. $n: a number
show-count = { $n }
show-everything = عرض جميع التذاكر
show-none-title = لا توجد تذاكر هنا
show-none = لا توجد أي من تذاكرك في هذه القائمة حاليًا.
sort-label = الترتيب
sort-activity = آخر نشاط
sort-newest = الأحدث أولًا
# Read out when the list changes. $n: a number
found-count =
    { $n ->
        [zero] لم يُعثر على أي تذكرة
        [one] عُثر على تذكرة واحدة
        [two] عُثر على تذكرتين
        [few] عُثر على { $n } تذاكر
        [many] عُثر على { $n } تذكرة
       *[other] عُثر على { $n } تذكرة
    }
# Read out when a ticket opens at a message in which the words were found
found-message = أنت عند الرسالة التي عُثر عليها
found-none-title = لا توجد نتائج
# $words: what was typed
found-none = لا توجد تذكرة تتضمن «{ $words }» في موضوعها أو رسائلها.

# Where a ticket stands
status-received = تم الاستلام
status-in-progress = قيد المعالجة
status-waiting-for-you = بانتظار ردك
status-solved = تم الحل
status-cancelled = ملغاة

# How urgent the support team calls it
priority-low = أولوية منخفضة
priority-medium = أولوية متوسطة
priority-high = أولوية عالية
priority-urgent = عاجلة

# How long ago, as short as can be
time-now = الآن
time-minutes = { $n } د
time-hours = { $n } س

## One ticket

ticket-number = تذكرة { $number }
# $date: a day
ticket-opened = فُتحت في { $date }
mails-ticket = الردود بالبريد
ticket-missing-title = لا توجد تذكرة كهذه
ticket-missing = ربما حُذفت أو أنها تخص عنوانًا آخر.
ticket-failed-title = تعذّر تحميل التذكرة
thread-label = الرسائل
thread-filling = جارٍ جلب الرسائل السابقة…
earlier-messages = عرض الرسائل السابقة
# Stands on paper, where the thread goes on upwards.
earlier-not-printed = الرسائل السابقة غير مطبوعة. لطباعتها اعرضها أولًا.
# Stands before a link to a picture in a mail. Pictures of other servers tell them who reads.
picture-elsewhere = صورة لم تُحمَّل:
# A picture of a ticket, shown large. $n and $count: numbers, such as "2 of 5"
viewer-count = { $n } من { $count }
viewer-previous = الصورة السابقة
viewer-next = الصورة التالية
viewer-larger = تكبير
viewer-smaller = تصغير
# Read out: what keys do. The signs are those of the keyboard.
viewer-keys = صورة. مفاتيح الأسهم للانتقال بين الصور، + و − لتغيير الحجم، 0 لملاءمة الشاشة.
viewer-broken = لا يمكن عرض هذه الصورة.
# A picture of a mail that has no name
viewer-unnamed = صورة
# Opens what a mail quotes of the mails before it
earlier-mails = رسائل سابقة
day-today = اليوم
day-yesterday = أمس
message-sending = { $who }، جارٍ الإرسال…
# It has been on its way for a while: our help desk is slow or away.
message-sending-long = { $who }، ما زال الإرسال جاريًا… نواصل المحاولة، والنص محفوظ.
message-waiting = { $who }، بانتظار الاتصال بنظام الدعم. ما زال بإمكانك سحب الرسالة.
# A reply to a ticket that began by e-mail: the mail server has it, and the ticket will have it in some minutes
message-mailed = { $who }، أُرسلت بالبريد الإلكتروني. قد يستغرق وصولها إلى فريق الدعم بضع دقائق.
take-back = سحب
message-failed = لم تُرسل.
# There is no connection; it is tried again by itself.
message-offline = ستُرسل عند عودة الاتصال.
# Our help desk would not take the message.
# Sent by e-mail hours ago; he was sent a copy
message-lost = أُرسلت بالبريد الإلكتروني، لكنها لم تصل إلى فريق الدعم بعد. يمكنك إعادة المحاولة: إن وصلت لاحقًا فلن تظهر إلا مرة واحدة.
message-refused = لم يقبل نظام الدعم هذه الرسالة.
# Somebody wanted to edit it instead.
message-too-late = لم يعد سحبها ممكنًا: ربما وصلت، أو كُتب شيء بعدها. يمكنك إعادة المحاولة: لا تُرسل الرسالة مرتين أبدًا.
message-edit = تعديل
message-deleted = حُذفت هذه الرسالة.
message-by-email = رد شخص آخر بالبريد الإلكتروني.
# A ticket that began by e-mail: somebody else answered, and what follows is not shown
message-goes-on = من هنا تستمر المحادثة بالبريد الإلكتروني، مع آخرين أيضًا. ستجدها في بريدك.
message-unsupported = لا يمكن عرض هذا النوع من الرسائل هنا.
# Read out when somebody has written. $who: a name
message-arrived = رسالة جديدة من { $who }
message-below = رسالة جديدة
agent-types = { $who }: جارٍ الكتابة…
event-cancelled = ألغيت هذه التذكرة
event-solved = وُضعت عليها علامة «تم الحل»
event-reopened = أُعيد فتحها

## Writing an answer

reply-label = ردك
reply-placeholder = كتابة رد
reply-send = إرسال
reply-send-keys = للإرسال: { "\u2066" }Ctrl+Enter{ "\u2069" } أو { "\u2066" }⌘+Enter{ "\u2069" }
preview = معاينة
# Shown when the button is pointed at. The signs are what one types.
preview-hint = هكذا سيراها فريق الدعم. يمكن استخدام **غامق** و*مائل* والقوائم و`رمز`.
# Read out: what the buttons are for that follow
format-label = التنسيق
format-bold = غامق
format-italic = مائل
format-list = قائمة
format-link = رابط
format-code = رمز برمجي
# Shown when a button is pointed at. $name: what it does, $key: the letter that does so with the key that is named here
format-keys = { $name } ({ "\u2066" }Ctrl+{ $key }{ "\u2069" })
# The same on a Mac
format-keys-mac = { $name } ({ "\u2066" }⌘{ $key }{ "\u2069" })
# What is being written is on the server.
draft-saved = حُفظت المسودة
# The server could not be reached.
draft-here-only = المسودة محفوظة في هذا المتصفح
reply-reopens = هذه التذكرة محلولة. الكتابة فيها تعيد فتحها.
reply-reopens-cancelled = ألغيت هذه التذكرة. الكتابة فيها تعيد فتحها.
reply-closed = أُغلقت هذه التذكرة نهائيًا.
# A ticket that began by e-mail: the reply goes as a mail
reply-mail = بدأت هذه التذكرة برسالة إلكترونية. سيُرسل ردك أيضًا بالبريد الإلكتروني مع نسخة إليك.
reply-mail-reopens = هذه التذكرة محلولة. سيُرسل ردك بالبريد الإلكتروني مع نسخة إليك، ويعيد فتحها.
# A ticket that began by e-mail is answered with a mail of one's own
reply-by-email = بدأت هذه التذكرة برسالة إلكترونية. يُرجى الرد بالبريد الإلكتروني أيضًا على رسالتنا الأخيرة.
reply-write-email = كتابة رسالة إلكترونية
reply-new-ticket = كتابة تذكرة جديدة بهذا الشأن
# $left: a number
characters-left =
    { $left ->
        [zero] لم يبقَ أي حرف
        [one] بقي حرف واحد
        [two] بقي حرفان
        [few] بقيت { $left } أحرف
        [many] بقي { $left } حرفًا
       *[other] بقي { $left } حرف
    }

## Files to send

file-add = إضافة ملفات
# Said before one chooses files. $files, $each and $all: numbers
file-limits =
    { $files ->
        [zero] حتى { $files } ملف، { $each } ميغابايت لكل ملف و{ $all } ميغابايت إجمالًا
        [one] ملف واحد حتى { $each } ميغابايت
        [two] ملفان كحد أقصى، { $each } ميغابايت لكل ملف و{ $all } ميغابايت إجمالًا
        [few] حتى { $files } ملفات، { $each } ميغابايت لكل ملف و{ $all } ميغابايت إجمالًا
        [many] حتى { $files } ملفًا، { $each } ميغابايت لكل ملف و{ $all } ميغابايت إجمالًا
       *[other] حتى { $files } ملف، { $each } ميغابايت لكل ملف و{ $all } ميغابايت إجمالًا
    }
file-drop = إفلات الملفات هنا
file-list = ملفات للإرسال
# $name: a file's name
file-there = تمت إضافة { $name }.
file-again = إعادة المحاولة: { $name }
file-remove = إزالة { $name }
# There is no connection; it is tried again by itself.
file-offline = سيُستأنف عند عودة الاتصال.
file-unreadable = لا يمكن قراءة هذا الملف. يُرجى إضافته مرة أخرى.
files-wait = ستُرسل رسالتك حالما تكتمل ملفاتها. للاحتفاظ بها، يُرجى الضغط على «إرسال» مرة أخرى.
files-stuck = تعذّرت إضافة ملف. يُرجى إعادة المحاولة أو إزالته، ثم الإرسال.
files-refused = لا يمكن إرسال ملف. يُرجى إزالته، ثم الإرسال.

## Cancelling

cancel-ticket = إلغاء التذكرة
cancel-title = هل تريد إلغاء هذه التذكرة؟
cancel-text = سنتوقف عن العمل عليها. يمكنك إعادة فتحها في أي وقت بالكتابة فيها.
cancel-keep = إبقاؤها مفتوحة
cancel-done = أُلغيت التذكرة.
# Our help desk is away: it is cancelled later, and can be taken back until then.
cancel-waits = ستُلغى حالما نصل إلى نظام الدعم.

## A new ticket

new-title = تذكرة جديدة
subject-label = الموضوع
subject-hint = ببضع كلمات.
# Stands above links to tickets that have words of the subject.
similar-title = تذاكر لك مشابهة
message-label = الرسالة
message-hint = ماذا حدث، وما الذي كنت تتوقعه؟ نحفظ النص أثناء الكتابة.
# A list to choose from, where the support team wants to know
priority-label = الأولوية
priority-none = بلا أولوية محددة
new-send = إرسال التذكرة
new-done = استلمنا تذكرتك.
# The subject of a ticket about an earlier one. $subject: that of the earlier one
new-about = رد: { $subject }
form-summary = يُرجى التحقق من:

## Pages that are not there

not-found-title = لا يوجد شيء هنا
not-found = ربما كُتب العنوان خطأً أو لم يعد صالحًا.

## What can go wrong

error-signed-out = لم تعد الجلسة مفتوحة. يُرجى تسجيل الدخول مرة أخرى.
error-not-found = لا يوجد شيء كهذا هنا.
error-key-reused = سبق إرسال هذا بنص مختلف. يُرجى إرساله مرة أخرى.
error-still-sending = إحدى رسائلك ما زالت في طريقها إلى فريق الدعم. يُرجى إعادة المحاولة بعد وصولها.
error-not-allowed = الكتابة هنا غير ممكنة حاليًا.
# $seconds: a number
error-too-many-seconds =
    { $seconds ->
        [zero] محاولات كثيرة جدًا. يُرجى إعادة المحاولة الآن.
        [one] محاولات كثيرة جدًا. يُرجى الانتظار ثانية واحدة.
        [two] محاولات كثيرة جدًا. يُرجى الانتظار ثانيتين.
        [few] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثوانٍ.
        [many] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثانية.
       *[other] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثانية.
    }
# $minutes: a number
error-too-many-minutes =
    { $minutes ->
        [zero] محاولات كثيرة جدًا. يُرجى إعادة المحاولة الآن.
        [one] محاولات كثيرة جدًا. يُرجى الانتظار دقيقة واحدة.
        [two] محاولات كثيرة جدًا. يُرجى الانتظار دقيقتين.
        [few] محاولات كثيرة جدًا. يُرجى الانتظار { $minutes } دقائق.
        [many] محاولات كثيرة جدًا. يُرجى الانتظار { $minutes } دقيقة.
       *[other] محاولات كثيرة جدًا. يُرجى الانتظار { $minutes } دقيقة.
    }
error-link-expired = لم يعد هذا الرمز أو الرابط صالحًا. يُرجى طلب رسالة جديدة.
error-foreign-origin = لم يُرسل هذا من صفحتنا. يُرجى إعادة تحميل الصفحة وإعادة المحاولة.
error-bad-request = تعذّر فهم الطلب. يُرجى إعادة تحميل الصفحة وإعادة المحاولة.
error-unavailable = لم ينجح الأمر هذه المرة. يُرجى إعادة المحاولة بعد لحظات.
# $reference: letters and digits that our support can look up
error-unavailable-reference = لم ينجح الأمر هذه المرة. يُرجى إعادة المحاولة بعد لحظات. الرقم المرجعي: { $reference }
error-offline = يتعذّر الوصول إلينا. يُرجى التحقق من الاتصال.

# What is wrong with a file. $mib: a number
error-file-too-large = هذا الملف كبير جدًا. الحد الأقصى للملف { $mib } ميغابايت.
error-file-empty = هذا الملف فارغ.
error-file-program = لا يمكن إرسال البرامج أيًا كان اسمها، لكن يمكن إرسال ملف ZIP.
error-files-waiting = ملفات كثيرة بانتظار الإرسال: الحد الأقصى { $mib } ميغابايت إجمالًا. يُرجى إرسال بعضها أو إزالته أولًا.
error-no-room = لا توجد مساحة للملفات الآن. يُرجى إعادة المحاولة لاحقًا. النص محفوظ.
error-file-gone = لم يعد أحد الملفات موجودًا هنا. يُرجى إزالته وإضافته مرة أخرى.
# $limit: a number
error-too-many-files =
    { $limit ->
        [zero] لا يمكن أن تتضمن الرسالة ملفات.
        [one] يمكن أن تتضمن الرسالة ملفًا واحدًا كحد أقصى.
        [two] يمكن أن تتضمن الرسالة ملفين كحد أقصى.
        [few] يمكن أن تتضمن الرسالة { $limit } ملفات كحد أقصى.
        [many] يمكن أن تتضمن الرسالة { $limit } ملفًا كحد أقصى.
       *[other] يمكن أن تتضمن الرسالة { $limit } ملف كحد أقصى.
    }
# $mib: a number
error-files-too-large = الحد الأقصى لمجموع ملفات الرسالة { $mib } ميغابايت.

# At a field
error-empty-address = يُرجى إدخال بريدك الإلكتروني.
error-empty-code = يُرجى إدخال الرمز الوارد في الرسالة.
error-empty-subject = يُرجى إدخال الموضوع.
error-empty-message = يُرجى كتابة رسالة.
error-not-an-address = يُرجى إدخال عنوان بريد إلكتروني، مثل name@example.com.
error-forbidden-character = يوجد هنا حرف لا يمكن إرساله. يُرجى إزالته.
# $limit: a number
error-too-many-drafts = بلغت المسودات حدها الأقصى ({ $limit }). هذه المسودة محفوظة في هذا المتصفح فقط.
# $limit: the most characters there may be, $actual: how many there are, $over: how many too many
error-too-long =
    { $over ->
        [zero] النص أطول من الحد الأقصى، وهو { $limit }.
        [one] النص أطول بحرف واحد. الحد الأقصى { $limit }.
        [two] النص أطول بحرفين. الحد الأقصى { $limit }.
        [few] النص أطول بمقدار { $over } أحرف. الحد الأقصى { $limit }.
        [many] النص أطول بمقدار { $over } حرفًا. الحد الأقصى { $limit }.
       *[other] النص أطول بمقدار { $over } حرف. الحد الأقصى { $limit }.
    }
# $tries: how many tries are left
error-wrong-code =
    { $tries ->
        [0] لم تعد هناك محاولات متبقية لهذا الرمز. ما زال الرابط الوارد في الرسالة صالحًا، أو يمكن طلب رسالة أخرى.
        [one] هذا ليس الرمز الصحيح. بقيت لك محاولة واحدة.
        [two] هذا ليس الرمز الصحيح. بقيت لك محاولتان.
        [few] هذا ليس الرمز الصحيح. بقيت لك { $tries } محاولات.
        [many] هذا ليس الرمز الصحيح. بقيت لك { $tries } محاولة.
       *[other] هذا ليس الرمز الصحيح. بقيت لك { $tries } محاولة.
    }
