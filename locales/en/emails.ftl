# Mails. $brand is the name of the support, $minutes how long link and code are good, $device what asked, such as "Firefox, Windows".

sign-in-subject = Sign in to { $brand }
sign-in-heading = Sign in to { $brand }
sign-in-intro = Open this link to sign in:
sign-in-button = Sign in
sign-in-code-lead = Or type this code where you asked for it:
sign-in-valid =
    { $minutes ->
        [one] Link and code are good for { $minutes } minute, and once.
       *[other] Link and code are good for { $minutes } minutes, and once.
    }
sign-in-device = They were asked for on this device: { $device }.
sign-in-device-unknown = Somebody asked for them with this address.
sign-in-ignore = You did not ask? Then ignore this mail: nobody gets in without it. Give the code to nobody.
sign-in-link-lead = If the button does not work, copy this address into your browser:

# The mail about an answer that was not seen. $subject and $number are the ticket's, $count says how many answers there are, $agent is who wrote one,
# $name that of a file. The subject is that of each mail about a ticket: mail programs group by it.
away-subject = { $subject } (#{ $number })
away-untitled = Your ticket
away-lead =
    { $count ->
        [one] There is a new answer in your ticket.
       *[other] There are { $count } new answers in your ticket.
    }
away-wrote = { $agent } wrote:
away-file = File: { $name }
away-more = There is more. Open the ticket to read on.
away-hidden = Open the ticket to read it.
away-solved = The support team has marked your ticket as solved. If it is not, reply there: that opens it again.
away-reopened = Your ticket is open again: the support team is looking into it.
away-open = Open the ticket
away-reply = Please reply in the ticket: an answer to this mail does not get there.
away-why = You get this mail because you have not seen it yet.
away-off-ticket = No more mails about this ticket
away-off-all = No more mails about any answer

# The page that those two lead to, with one button.
away-page-title-ticket = Mails about one ticket
away-page-title-all = Mails about answers
away-page-on-ticket = You get a mail when there is an answer in this ticket that you have not seen.
away-page-off-ticket = You get no mails about this ticket.
away-page-on-all = You get a mail when there is an answer that you have not seen.
away-page-off-all = You get no mails about answers. Those that you ask for to sign in still come.
away-page-switch-off = Switch these mails off
away-page-switch-on = Switch these mails on
away-page-account = You can change this in your account too.
away-page-broken-title = Nothing to switch here
away-page-broken = This address is not whole. Open it from the mail again, or change it in your account.
away-page-later = That was too often in a short time. Try again in a minute.
away-page-failed = Something went wrong here, and nothing was changed. Try again in a minute.
away-page-portal = To your tickets
