### Texts of the portal's screens.
###
### A language is a folder with this file and emails.ftl. What it does not have is shown in English.
### Words in braces are filled in: { $name } must stay as it is. Numbers and dates follow the language by themselves.

## The language itself

# Its own name, as people who speak it look for it in a list.
language-name = English
# ltr or rtl
language-direction = ltr

## Before the page is there

# It could not be loaded, and the link that tries again.
page-failed = This page could not be loaded. Please check your connection.
page-load-again = Load it again
page-needs-script = This page needs JavaScript and WebAssembly. Please turn them on, or use another browser.

## Everywhere

skip-link = Skip to content
loading = Loading…
try-again = Try again
sending = Sending…
reload = Reload
close = Close
download = Download
to-tickets = Go to your tickets
# Read out after a link, to those who do not see where it leads.
new-tab = (opens in a new tab)
# Stands between a name and a time, as in "Noor, 09:31".
comma = { ", " }
# Stands between the name of a field or a file and what is wrong with it.
colon = { ": " }
you = You
unread = Unread:
no-subject = No subject
outdated = A new version of this page is ready. What you are writing is kept.
part-failed-title = This could not be loaded
offline-line = You are offline, or we cannot be reached. What you see may be out of date; we keep trying.
# $time: day and time
as-of-line = This is how things stood on { $time }; our help desk is not answering at the moment.
# $time: the time of today
as-of-today = This is how things stood at { $time }; our help desk is not answering at the moment.

## The menu at the end of the top bar

account-label = Your account:
# Read out before the name of the language.
preferences-label = Language and look:
signed-in-as = Signed in as
language-label = Language
language-failed = That language could not be loaded. Please try again.
theme-label = Look
theme-system = Automatic
theme-light = Light
theme-dark = Dark
account-open = Your account
sign-out = Sign out
# Signing out could not be done; why follows. Stands over everything else until one of the buttons is pressed.
unended-title = You are still signed in
unended-lead = Signing out did not work.
unended-stay = Stay signed in
# He wants to sign out while a ticket or a message of his waits for the network, or for its files.
unsent-title = Not everything has been sent yet
unsent-lead = Something you wrote is still waiting to be sent. If you sign out now, it is not sent, and this browser forgets it.
unsent-leave = Sign out anyway

## Signing in

sign-in-title = Sign in
sign-in-lead = Enter your e-mail address. We will send you a link and a code; you need no password.
address-label = E-mail address
sign-in-send = Send me a link
signed-out = You are signed out.

## After the form: the mail is on its way

check-title = Check your e-mail
# The same is said for every address. $minutes: a number
check-lead =
    { $minutes ->
        [one] If { $address } can sign in here, a mail with a link and a code is on its way. They are good for { $minutes } minute.
       *[other] If { $address } can sign in here, a mail with a link and a code is on its way. They are good for { $minutes } minutes.
    }
code-label = Code from the mail
# K7QF-2M9X is an example of a code.
code-hint = Eight letters and digits, such as K7QF‑2M9X.
code-send = Sign in
signing-in = Signing in…
send-again = Send another mail
# $seconds: a number
send-again-in =
    { $seconds ->
        [one] Send another mail in { $seconds } second
       *[other] Send another mail in { $seconds } seconds
    }
sent-again = If this address can sign in, a mail is on its way. Older codes keep working until one is used.
other-address = Use another address
no-mail-title = No mail came?
no-mail-spam = Look into the spam or junk folder.
no-mail-typo = Check the address for a slip: { $address }
no-mail-other-address = Perhaps you wrote to us from another address: try that one.
no-mail-again = If this address can sign in, a mail is on its way; it can take a few minutes. Only a few are sent in an hour.

## The link of the mail

link-opening = Opening your link…
link-title = Sign in on this device?
link-lead = This link was asked for in another browser. Continue only if that was you.
link-mailbox = Mailbox
link-device = Device
link-asked = Asked for
link-warning = If you did not ask for it, close this page. Nothing happens then.
# $other: an e-mail address
link-signed-in-as = You are signed in here as { $other }. Continuing signs that address out.
# $address: an e-mail address
link-press = Sign in as { $address }
link-spent-title = This link no longer works
link-spent = A link works for a short time and once. Yours was used, has run out, or is not complete.
link-new = Get a new link
link-failed-title = The link could not be opened

## The session ended while something was on the screen

over-title = Sign in to go on
over-lead = You were signed out, because nothing happened for a while or from another device.
over-kept = What you were writing is still here.
# $address: an e-mail address
over-send = Send a code to { $address }
over-sent = If { $address } can sign in here, a mail with a code is on its way. Type the code here.
over-leave = Leave, and forget what is kept in this browser

## The account

account-title = Your account
profile-title = Profile
name-label = Your name
name-hint = The support team calls you this. Leave it empty, and it is what stands before the @ of your address.
name-save = Save name
name-saved = Your name is saved. The support team sees it too.
profile-lead = You showed that this mailbox is yours when you signed in. Pages and mails come in the language you choose here.
mails-all = Mail me when there is an answer that I have not seen
sessions-title = Where you are signed in
sessions-lead = If you do not know one of these, end it. A session that is not used ends by itself.
session-here = This browser
# Stands for the name of a device that does not say what it is.
session-unknown = Unknown device
# $when: day and time, such as "Today, 09:31"
session-used = Last used: { $when }
session-began = Signed in: { $when }
session-end = End
# Read out in place of "End". $device: such as "Firefox, Windows"
session-end-label = End: { $device }
session-ended = That session has ended.
sessions-end-others = Sign out everywhere else
forget-section = Forget me
forget-lead = The portal can forget everything it keeps about you. Your tickets stay with the help desk.
forget-open = Forget me…
forget-title = Shall the portal forget you?
forget-goes = What goes
forget-goes-sessions = Your sessions: you are signed out on every device.
forget-goes-copies = The portal’s copies of your tickets and messages.
forget-goes-drafts = Your drafts, and messages that are marked as not sent.
forget-goes-profile = Your address, your name, your language, and what you have read.
forget-stays = What stays
# $brand: name of the company's support
forget-stays-tickets = Your tickets at the help desk of { $brand }. To have them deleted, ask for it in a ticket first.
forget-stays-number = A list of ticket numbers without your name, so that only you get them back if you sign in again.
forget-keep = Keep everything
forget-act = Forget me
forget-done = You are forgotten here, and signed out everywhere.

## The list of tickets

tickets-title = Your tickets
new-ticket = New ticket
# A line of the list: who wrote last, and the beginning of it.
row-last = { $who }: { $words }
row-sending = You: sending…
row-waiting = You: waiting to be sent
row-failed = Not sent. Open the ticket to try again.
more-tickets = Show more
# Stands on paper below a list that is not printed whole.
more-not-printed = There are more tickets than are printed here. To have them on paper, search for them first.
tickets-none-title = No tickets yet
tickets-none = When you need help, write a new ticket. You will find our answer here.
tickets-filling = Fetching your earlier tickets…
tickets-failed-title = Your tickets could not be loaded
choose-title = No ticket is open
choose-text = Choose a ticket to read it, or write a new one.

# Looking for tickets
find-label = Search your tickets
find-placeholder = Search
# Read out: what the links are that follow.
show-label = Which tickets
show-all = All
show-open = Open
show-waiting = Waiting for you
show-solved = Solved
# How many tickets there are. $n: a number
show-count = { $n }
show-everything = Show all tickets
show-none-title = No tickets here
show-none = None of your tickets is in this list at the moment.
sort-label = Order
sort-activity = Latest activity
sort-newest = Newest first
# Read out when the list changes. $n: a number
found-count =
    { $n ->
        [one] { $n } ticket found
       *[other] { $n } tickets found
    }
# Read out when a ticket opens at a message in which the words were found
found-message = You are at the message that was found
found-none-title = Nothing found
# $words: what was typed
found-none = No ticket has “{ $words }” in its subject or messages.

# Where a ticket stands
status-received = Received
status-in-progress = In progress
status-waiting-for-you = Waiting for you
status-solved = Solved
status-cancelled = Cancelled

# How urgent the support team calls it
priority-low = Low priority
priority-medium = Medium priority
priority-high = High priority
priority-urgent = Urgent

# How long ago, as short as can be
time-now = now
time-minutes = { $n } min
time-hours = { $n } h

## One ticket

ticket-number = Ticket { $number }
# $date: a day
ticket-opened = Opened { $date }
mails-ticket = Mail me answers
ticket-missing-title = There is no such ticket
ticket-missing = It may have been removed, or it belongs to another address.
ticket-failed-title = The ticket could not be loaded
thread-label = Messages
thread-filling = Fetching earlier messages…
earlier-messages = Show earlier messages
# Stands on paper, where the thread goes on upwards.
earlier-not-printed = Earlier messages are not printed. To have them on paper, show them first.
# Stands before a link to a picture in a mail. Pictures of other servers tell them who reads.
picture-elsewhere = Picture that was not loaded:
# A picture of a ticket, shown large. $n and $count: numbers, such as "2 of 5"
viewer-count = { $n } of { $count }
viewer-previous = Previous picture
viewer-next = Next picture
viewer-larger = Larger
viewer-smaller = Smaller
# Read out: what keys do. The signs are those of the keyboard.
viewer-keys = Picture. Arrow keys go to the next one, + and − change its size, 0 fits it to the screen.
viewer-broken = This picture cannot be shown.
# A picture of a mail that has no name
viewer-unnamed = Picture
# Opens what a mail quotes of the mails before it
earlier-mails = Earlier mails
day-today = Today
day-yesterday = Yesterday
message-sending = { $who }, sending…
# It has been on its way for a while: our help desk is slow or away.
message-sending-long = { $who }, still sending… We keep trying, and your text is kept.
message-waiting = { $who }, waiting for our help desk. You can still take it back.
# A reply to a ticket that began by e-mail: the mail server has it, and the ticket will have it in some minutes
message-mailed = { $who }, sent by e-mail. It can take a few minutes until our help desk has it.
take-back = Take back
message-failed = Not sent.
# There is no connection; it is tried again by itself.
message-offline = Will be sent when you are connected.
# Our help desk would not take the message.
# Sent by e-mail hours ago; he was sent a copy
message-lost = Sent by e-mail, but our help desk still does not have it. Try again: if it comes after all, it is there once.
message-refused = Our help desk did not take it.
# Somebody wanted to edit it instead.
message-too-late = It cannot be taken back: it may have arrived, or something else was written after it. Try again: it is never sent twice.
message-edit = Edit
message-deleted = This message was deleted.
message-by-email = Somebody else answered by e-mail.
# A ticket that began by e-mail: somebody else answered, and what follows is not shown
message-goes-on = From here on this goes on by e-mail, with others too. You find it in your mailbox.
message-unsupported = This kind of message cannot be shown here.
# Read out when somebody has written. $who: a name
message-arrived = New message from { $who }
message-below = New message
agent-types = { $who } is writing…
event-cancelled = You cancelled this ticket
event-solved = Marked as solved
event-reopened = Reopened

## Writing an answer

reply-label = Your reply
reply-placeholder = Write a reply
reply-send = Send
reply-send-keys = Ctrl+Enter or ⌘+Enter sends
preview = Preview
# Shown when the button is pointed at. The signs are what one types.
preview-hint = How the support team will see it. **strong**, *emphasis*, lists and `code` work.
# Read out: what the buttons are for that follow
format-label = Formatting
format-bold = Bold
format-italic = Italic
format-list = List
format-link = Link
format-code = Code
# Shown when a button is pointed at. $name: what it does, $key: the letter that does so with the key that is named here
format-keys = { $name } (Ctrl+{ $key })
# The same on a Mac
format-keys-mac = { $name } (⌘{ $key })
# What is being written is on the server.
draft-saved = Draft saved
# The server could not be reached.
draft-here-only = Draft kept in this browser
reply-reopens = This ticket is solved. Writing opens it again.
reply-reopens-cancelled = You cancelled this ticket. Writing opens it again.
reply-closed = This ticket is closed for good.
# A ticket that began by e-mail: the reply goes as a mail
reply-mail = This ticket began by e-mail. Your reply goes by e-mail too, with a copy to you.
reply-mail-reopens = This ticket is solved. Your reply goes by e-mail, with a copy to you, and opens it again.
# A ticket that began by e-mail is answered with a mail of one's own
reply-by-email = This ticket began by e-mail. Please answer by e-mail too: reply to our last message.
reply-write-email = Write an e-mail
reply-new-ticket = Write a new ticket about this
# $left: a number
characters-left =
    { $left ->
        [one] { $left } character left
       *[other] { $left } characters left
    }

## Files to send

file-add = Add files
# Said before one chooses files. $files, $each and $all: numbers
file-limits =
    { $files ->
        [one] One file of up to { $each } MB
       *[other] Up to { $files } files, { $each } MB each and { $all } MB in all
    }
file-drop = Drop the files here
file-list = Files to send
# $name: a file's name
file-there = { $name } has been added.
file-again = Try again: { $name }
file-remove = Remove { $name }
# There is no connection; it is tried again by itself.
file-offline = Goes on when you are connected.
file-unreadable = This file cannot be read. Please add it again.
files-wait = Your message goes as soon as its files are there. Press Send again to hold it back.
files-stuck = A file could not be added. Try again or remove it, then send.
files-refused = A file cannot be sent. Remove it, then send.

## Cancelling

cancel-ticket = Cancel ticket
cancel-title = Cancel this ticket?
cancel-text = We stop working on it. You can open it again at any time by writing to it.
cancel-keep = Keep it open
cancel-done = The ticket is cancelled.
# Our help desk is away: it is cancelled later, and can be taken back until then.
cancel-waits = It will be cancelled as soon as our help desk is reached.

## A new ticket

new-title = New ticket
subject-label = Subject
subject-hint = In a few words.
# Stands above links to tickets that have words of the subject.
similar-title = Tickets of yours like this
message-label = Message
message-hint = What happened, and what did you expect? We keep what you write while you write it.
# A list to choose from, where the support team wants to know
priority-label = Priority
priority-none = None in particular
new-send = Send ticket
new-done = We have your ticket.
# The subject of a ticket about an earlier one. $subject: that of the earlier one
new-about = Re: { $subject }
form-summary = Please check:

## Pages that are not there

not-found-title = There is nothing here
not-found = The address may be mistyped or out of date.

## What can go wrong

error-signed-out = You are no longer signed in. Please sign in again.
error-not-found = There is no such thing here.
error-key-reused = This was sent before with other words. Please send it again.
error-still-sending = Something you wrote is still on its way to our help desk. Please try again when it has arrived.
error-not-allowed = Writing is not possible here at the moment.
# $seconds: a number
error-too-many-seconds =
    { $seconds ->
        [one] Too many tries. Please wait { $seconds } second.
       *[other] Too many tries. Please wait { $seconds } seconds.
    }
# $minutes: a number
error-too-many-minutes =
    { $minutes ->
        [one] Too many tries. Please wait { $minutes } minute.
       *[other] Too many tries. Please wait { $minutes } minutes.
    }
error-link-expired = This code or link no longer works. Please ask for a new mail.
error-foreign-origin = This was not sent from our own page. Please reload the page and try again.
error-bad-request = This could not be understood. Please reload the page and try again.
error-unavailable = It did not work this time. Please try again in a moment.
# $reference: letters and digits that our support can look up
error-unavailable-reference = It did not work this time. Please try again in a moment. Reference: { $reference }
error-offline = We cannot be reached. Please check your connection.

# What is wrong with a file. $mib: a number
error-file-too-large = This file is too large. A file may have at most { $mib } MB.
error-file-empty = This file is empty.
error-file-program = Programs cannot be sent, whatever their name. A ZIP file can.
error-files-waiting = Too many files wait to be sent: { $mib } MB in all are the most. Please send or remove some first.
error-no-room = There is no room for files now. Please try again later. What you wrote is kept.
error-file-gone = A file is no longer here. Please remove it and add it again.
# $limit: a number
error-too-many-files =
    { $limit ->
        [one] A message can have { $limit } file at most.
       *[other] A message can have { $limit } files at most.
    }
# $mib: a number
error-files-too-large = The files of a message can have at most { $mib } MB together.

# At a field
error-empty-address = Please enter your e-mail address.
error-empty-code = Please enter the code from the mail.
error-empty-subject = Please enter a subject.
error-empty-message = Please write a message.
error-not-an-address = Please enter an e-mail address, such as name@example.com.
error-forbidden-character = There is a character in this that cannot be sent. Please remove it.
# $limit: a number
error-too-many-drafts = Your { $limit } drafts are the most there can be. This one is kept in this browser only.
# $limit: the most characters there may be, $actual: how many there are, $over: how many too many
error-too-long =
    { $over ->
        [one] This is { $over } character too long. At most { $limit } fit.
       *[other] This is { $over } characters too long. At most { $limit } fit.
    }
# $tries: how many tries are left
error-wrong-code =
    { $tries ->
        [0] No tries are left for this code. The link in the mail still works, or send another mail.
        [one] This is not the code. You have { $tries } more try.
       *[other] This is not the code. You have { $tries } more tries.
    }
