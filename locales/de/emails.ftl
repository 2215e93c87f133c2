# Mails. $brand is the name of the support, $minutes how long link and code are good, $device what asked, such as "Firefox, Windows".

sign-in-subject = Anmelden bei { $brand }
sign-in-heading = Anmelden bei { $brand }
sign-in-intro = Öffnen Sie diesen Link, um sich anzumelden:
sign-in-button = Anmelden
sign-in-code-lead = Oder geben Sie diesen Code dort ein, wo Sie ihn angefordert haben:
sign-in-valid =
    { $minutes ->
        [one] Link und Code gelten { $minutes } Minute und nur einmal.
       *[other] Link und Code gelten { $minutes } Minuten und nur einmal.
    }
sign-in-device = Angefordert wurden sie auf diesem Gerät: { $device }.
sign-in-device-unknown = Jemand hat sie mit dieser Adresse angefordert.
sign-in-ignore = Sie haben nichts angefordert? Dann ignorieren Sie diese E-Mail: Ohne sie kommt niemand hinein. Geben Sie den Code niemandem weiter.
sign-in-link-lead = Wenn die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:

# The mail about an answer that was not seen. $subject and $number are the ticket's, $count says how many answers there are, $agent is who wrote one,
# $name that of a file. The subject is that of each mail about a ticket: mail programs group by it.
away-subject = { $subject } (#{ $number })
away-untitled = Ihr Ticket
away-lead =
    { $count ->
        [one] In Ihrem Ticket gibt es eine neue Antwort.
       *[other] In Ihrem Ticket gibt es { $count } neue Antworten.
    }
away-wrote = { $agent } schrieb:
away-file = Datei: { $name }
away-more = Es geht noch weiter. Öffnen Sie das Ticket, um den Rest zu lesen.
away-hidden = Öffnen Sie das Ticket, um sie zu lesen.
away-solved = Das Support-Team hat Ihr Ticket als gelöst markiert. Wenn es das nicht ist, antworten Sie dort: Dadurch wird es wieder geöffnet.
away-reopened = Ihr Ticket ist wieder offen: Das Support-Team kümmert sich darum.
away-open = Ticket öffnen
away-reply = Bitte antworten Sie im Ticket: Eine Antwort auf diese E-Mail kommt dort nicht an.
away-why = Sie erhalten diese E-Mail, weil Sie das noch nicht gesehen haben.
away-off-ticket = Keine E-Mails mehr zu diesem Ticket
away-off-all = Keine E-Mails mehr zu Antworten

# The page that those two lead to, with one button.
away-page-title-ticket = E-Mails zu einem Ticket
away-page-title-all = E-Mails zu Antworten
away-page-on-ticket = Sie erhalten eine E-Mail, wenn es in diesem Ticket eine Antwort gibt, die Sie noch nicht gesehen haben.
away-page-off-ticket = Sie erhalten keine E-Mails zu diesem Ticket.
away-page-on-all = Sie erhalten eine E-Mail, wenn es eine Antwort gibt, die Sie noch nicht gesehen haben.
away-page-off-all = Sie erhalten keine E-Mails zu Antworten. Die E-Mails, die Sie zum Anmelden anfordern, kommen weiterhin.
away-page-switch-off = Diese E-Mails ausschalten
away-page-switch-on = Diese E-Mails einschalten
away-page-account = Sie können das auch in Ihrem Konto ändern.
away-page-broken-title = Hier gibt es nichts umzuschalten
away-page-broken = Diese Adresse ist nicht vollständig. Öffnen Sie sie noch einmal aus der E-Mail, oder ändern Sie es in Ihrem Konto.
away-page-later = Das war zu oft in kurzer Zeit. Versuchen Sie es in einer Minute erneut.
away-page-failed = Hier ist etwas schiefgegangen, und nichts wurde geändert. Versuchen Sie es in einer Minute erneut.
away-page-portal = Zu Ihren Tickets
