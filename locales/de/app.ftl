### Texts of the portal's screens.
###
### A language is a folder with this file and emails.ftl. What it does not have is shown in English.
### Words in braces are filled in: { $name } must stay as it is. Numbers and dates follow the language by themselves.

## The language itself

# Its own name, as people who speak it look for it in a list.
language-name = Deutsch
# ltr or rtl
language-direction = ltr

## Before the page is there

# It could not be loaded, and the link that tries again.
page-failed = Diese Seite konnte nicht geladen werden. Bitte prüfen Sie Ihre Verbindung.
page-load-again = Neu laden
page-needs-script = Diese Seite braucht JavaScript und WebAssembly. Bitte schalten Sie beides ein oder verwenden Sie einen anderen Browser.

## Everywhere

skip-link = Zum Inhalt springen
loading = Wird geladen…
try-again = Erneut versuchen
sending = Wird gesendet…
reload = Neu laden
close = Schließen
download = Herunterladen
to-tickets = Zu Ihren Tickets
# Read out after a link, to those who do not see where it leads.
new-tab = (öffnet sich in einem neuen Tab)
# Stands between a name and a time, as in "Noor, 09:31".
comma = { ", " }
# Stands between the name of a field or a file and what is wrong with it.
colon = { ": " }
you = Sie
unread = Ungelesen:
no-subject = Ohne Betreff
outdated = Eine neue Version dieser Seite liegt bereit. Was Sie gerade schreiben, bleibt erhalten.
part-failed-title = Das konnte nicht geladen werden
offline-line = Sie sind offline, oder wir sind nicht erreichbar. Was Sie sehen, ist vielleicht nicht aktuell; wir versuchen es weiter.
# $time: day and time
as-of-line = Stand: { $time }. Unser Support-System antwortet im Moment nicht.
# $time: the time of today
as-of-today = Stand: { $time }. Unser Support-System antwortet im Moment nicht.

## The menu at the end of the top bar

account-label = Ihr Konto:
# Read out before the name of the language.
preferences-label = Sprache und Darstellung:
signed-in-as = Angemeldet als
language-label = Sprache
language-failed = Diese Sprache konnte nicht geladen werden. Bitte versuchen Sie es erneut.
theme-label = Darstellung
theme-system = Automatisch
theme-light = Hell
theme-dark = Dunkel
account-open = Ihr Konto
sign-out = Abmelden
# Signing out could not be done; why follows. Stands over everything else until one of the buttons is pressed.
unended-title = Sie sind noch angemeldet
unended-lead = Das Abmelden hat nicht geklappt.
unended-stay = Angemeldet bleiben
# He wants to sign out while a ticket or a message of his waits for the network, or for its files.
unsent-title = Noch ist nicht alles gesendet
unsent-lead = Etwas, das Sie geschrieben haben, wartet noch darauf, gesendet zu werden. Wenn Sie sich jetzt abmelden, wird es nicht gesendet, und dieser Browser vergisst es.
unsent-leave = Trotzdem abmelden

## Signing in

sign-in-title = Anmelden
sign-in-lead = Geben Sie Ihre E-Mail-Adresse ein. Wir senden Ihnen einen Link und einen Code; ein Passwort brauchen Sie nicht.
address-label = E-Mail-Adresse
sign-in-send = Link zusenden
signed-out = Sie sind abgemeldet.

## After the form: the mail is on its way

check-title = Sehen Sie in Ihr Postfach
# The same is said for every address. $minutes: a number
check-lead =
    { $minutes ->
        [one] Wenn sich { $address } hier anmelden kann, ist eine E-Mail mit einem Link und einem Code unterwegs. Beide gelten { $minutes } Minute.
       *[other] Wenn sich { $address } hier anmelden kann, ist eine E-Mail mit einem Link und einem Code unterwegs. Beide gelten { $minutes } Minuten.
    }
code-label = Code aus der E-Mail
# K7QF-2M9X is an example of a code.
code-hint = Acht Buchstaben und Ziffern, zum Beispiel K7QF‑2M9X.
code-send = Anmelden
signing-in = Anmeldung läuft…
send-again = Weitere E-Mail senden
# $seconds: a number
send-again-in =
    { $seconds ->
        [one] Weitere E-Mail in { $seconds } Sekunde
       *[other] Weitere E-Mail in { $seconds } Sekunden
    }
sent-again = Wenn sich diese Adresse anmelden kann, ist eine E-Mail unterwegs. Frühere Codes gelten weiter, bis einer verwendet wird.
other-address = Andere Adresse verwenden
no-mail-title = Keine E-Mail bekommen?
no-mail-spam = Sehen Sie im Spam-Ordner nach.
no-mail-typo = Prüfen Sie die Adresse auf Tippfehler: { $address }
no-mail-other-address = Vielleicht haben Sie uns von einer anderen Adresse geschrieben: Versuchen Sie es mit dieser.
no-mail-again = Wenn sich diese Adresse anmelden kann, ist eine E-Mail unterwegs; das kann einige Minuten dauern. Pro Stunde werden nur wenige gesendet.

## The link of the mail

link-opening = Ihr Link wird geöffnet…
link-title = Auf diesem Gerät anmelden?
link-lead = Dieser Link wurde in einem anderen Browser angefordert. Fahren Sie nur fort, wenn Sie das waren.
link-mailbox = Postfach
link-device = Gerät
link-asked = Angefordert
link-warning = Wenn Sie ihn nicht angefordert haben, schließen Sie diese Seite. Dann passiert nichts.
# $other: an e-mail address
link-signed-in-as = Sie sind hier als { $other } angemeldet. Wenn Sie fortfahren, wird diese Adresse abgemeldet.
# $address: an e-mail address
link-press = Als { $address } anmelden
link-spent-title = Dieser Link gilt nicht mehr
link-spent = Ein Link gilt nur kurze Zeit und nur einmal. Ihrer wurde schon verwendet, ist abgelaufen oder nicht vollständig.
link-new = Neuen Link anfordern
link-failed-title = Der Link konnte nicht geöffnet werden

## The session ended while something was on the screen

over-title = Bitte melden Sie sich wieder an
over-lead = Sie wurden abgemeldet, weil eine Weile nichts geschah oder von einem anderen Gerät aus.
over-kept = Was Sie geschrieben haben, ist noch da.
# $address: an e-mail address
over-send = Code an { $address } senden
over-sent = Wenn sich { $address } hier anmelden kann, ist eine E-Mail mit einem Code unterwegs. Geben Sie den Code hier ein.
over-leave = Verlassen und vergessen, was in diesem Browser gespeichert ist

## The account

account-title = Ihr Konto
profile-title = Profil
name-label = Ihr Name
name-hint = So nennt Sie das Support-Team. Wenn Sie das Feld leer lassen, gilt, was in Ihrer Adresse vor dem @ steht.
name-save = Namen speichern
name-saved = Ihr Name ist gespeichert. Das Support-Team sieht ihn auch.
profile-lead = Bei der Anmeldung haben Sie gezeigt, dass dieses Postfach Ihnen gehört. Seiten und E-Mails kommen in der Sprache, die Sie hier wählen.
mails-all = E-Mail an mich, wenn es eine Antwort gibt, die ich noch nicht gesehen habe
sessions-title = Wo Sie angemeldet sind
sessions-lead = Wenn Sie eine dieser Sitzungen nicht kennen, beenden Sie sie. Eine Sitzung, die nicht genutzt wird, endet von selbst.
session-here = Dieser Browser
# Stands for the name of a device that does not say what it is.
session-unknown = Unbekanntes Gerät
# $when: day and time, such as "Today, 09:31"
session-used = Zuletzt genutzt: { $when }
session-began = Angemeldet: { $when }
session-end = Beenden
# Read out in place of "End". $device: such as "Firefox, Windows"
session-end-label = Beenden: { $device }
session-ended = Diese Sitzung ist beendet.
sessions-end-others = Überall sonst abmelden
forget-section = Meine Daten vergessen
forget-lead = Das Portal kann alles vergessen, was es über Sie speichert. Ihre Tickets bleiben beim Support.
forget-open = Meine Daten vergessen…
forget-title = Soll das Portal Sie vergessen?
forget-goes = Was gelöscht wird
forget-goes-sessions = Ihre Sitzungen: Sie werden auf allen Geräten abgemeldet.
forget-goes-copies = Die Kopien Ihrer Tickets und Nachrichten im Portal.
forget-goes-drafts = Ihre Entwürfe und Nachrichten, die als nicht gesendet markiert sind.
forget-goes-profile = Ihre Adresse, Ihr Name, Ihre Sprache und was Sie gelesen haben.
forget-stays = Was bleibt
# $brand: name of the company's support
forget-stays-tickets = Ihre Tickets beim Support von { $brand }. Wenn sie gelöscht werden sollen, bitten Sie vorher in einem Ticket darum.
forget-stays-number = Eine Liste von Ticketnummern ohne Ihren Namen, damit nur Sie sie zurückbekommen, wenn Sie sich wieder anmelden.
forget-keep = Alles behalten
forget-act = Meine Daten vergessen
forget-done = Ihre Daten sind hier vergessen, und Sie sind überall abgemeldet.

## The list of tickets

tickets-title = Ihre Tickets
new-ticket = Neues Ticket
# A line of the list: who wrote last, and the beginning of it.
row-last = { $who }: { $words }
row-sending = Sie: wird gesendet…
row-waiting = Sie: wird noch gesendet
row-failed = Nicht gesendet. Öffnen Sie das Ticket, um es erneut zu versuchen.
more-tickets = Mehr anzeigen
# Stands on paper below a list that is not printed whole.
more-not-printed = Es gibt mehr Tickets, als hier gedruckt sind. Suchen Sie sie vor dem Drucken, wenn Sie sie auf Papier brauchen.
tickets-none-title = Noch keine Tickets
tickets-none = Wenn Sie Hilfe brauchen, schreiben Sie ein neues Ticket. Unsere Antwort finden Sie hier.
tickets-filling = Ihre früheren Tickets werden geholt…
tickets-failed-title = Ihre Tickets konnten nicht geladen werden
choose-title = Kein Ticket geöffnet
choose-text = Wählen Sie ein Ticket, um es zu lesen, oder schreiben Sie ein neues.

# Looking for tickets
find-label = Ihre Tickets durchsuchen
find-placeholder = Suchen
# Read out: what the links are that follow.
show-label = Welche Tickets
show-all = Alle
show-open = Offen
show-waiting = Warten auf Sie
show-solved = Gelöst
# How many tickets there are. $n: a number
show-count = { $n }
show-everything = Alle Tickets anzeigen
show-none-title = Keine Tickets hier
show-none = Zurzeit ist keines Ihrer Tickets in dieser Liste.
sort-label = Reihenfolge
sort-activity = Letzte Aktivität
sort-newest = Neueste zuerst
# Read out when the list changes. $n: a number
found-count =
    { $n ->
        [one] { $n } Ticket gefunden
       *[other] { $n } Tickets gefunden
    }
# Read out when a ticket opens at a message in which the words were found
found-message = Sie sind bei der gefundenen Nachricht
found-none-title = Nichts gefunden
# $words: what was typed
found-none = Kein Ticket enthält „{ $words }“ im Betreff oder in den Nachrichten.

# Where a ticket stands
status-received = Eingegangen
status-in-progress = In Bearbeitung
status-waiting-for-you = Wartet auf Sie
status-solved = Gelöst
status-cancelled = Zurückgezogen

# How urgent the support team calls it
priority-low = Niedrige Priorität
priority-medium = Mittlere Priorität
priority-high = Hohe Priorität
priority-urgent = Dringend

# How long ago, as short as can be
time-now = jetzt
time-minutes = { $n } Min.
time-hours = { $n } Std.

## One ticket

ticket-number = Ticket { $number }
# $date: a day
ticket-opened = Geöffnet am { $date }
mails-ticket = Antworten per E-Mail
ticket-missing-title = Dieses Ticket gibt es nicht
ticket-missing = Vielleicht wurde es entfernt, oder es gehört zu einer anderen Adresse.
ticket-failed-title = Das Ticket konnte nicht geladen werden
thread-label = Nachrichten
thread-filling = Frühere Nachrichten werden geholt…
earlier-messages = Frühere Nachrichten anzeigen
# Stands on paper, where the thread goes on upwards.
earlier-not-printed = Frühere Nachrichten sind nicht gedruckt. Zeigen Sie sie vor dem Drucken an, wenn Sie sie auf Papier brauchen.
# Stands before a link to a picture in a mail. Pictures of other servers tell them who reads.
picture-elsewhere = Bild, das nicht geladen wurde:
# A picture of a ticket, shown large. $n and $count: numbers, such as "2 of 5"
viewer-count = { $n } von { $count }
viewer-previous = Vorheriges Bild
viewer-next = Nächstes Bild
viewer-larger = Größer
viewer-smaller = Kleiner
# Read out: what keys do. The signs are those of the keyboard.
viewer-keys = Bild. Die Pfeiltasten führen zum nächsten, + und − ändern die Größe, 0 passt es an den Bildschirm an.
viewer-broken = Dieses Bild kann nicht angezeigt werden.
# A picture of a mail that has no name
viewer-unnamed = Bild
# Opens what a mail quotes of the mails before it
earlier-mails = Frühere E-Mails
day-today = Heute
day-yesterday = Gestern
message-sending = { $who }, wird gesendet…
# It has been on its way for a while: our help desk is slow or away.
message-sending-long = { $who }, wird noch gesendet… Wir versuchen es weiter, und Ihr Text bleibt erhalten.
message-waiting = { $who }, wartet auf unseren Support. Sie können die Nachricht noch zurückholen.
# A reply to a ticket that began by e-mail: the mail server has it, and the ticket will have it in some minutes
message-mailed = { $who }, per E-Mail gesendet. Es kann einige Minuten dauern, bis sie bei unserem Support ankommt.
take-back = Zurückholen
message-failed = Nicht gesendet.
# There is no connection; it is tried again by itself.
message-offline = Wird gesendet, sobald Sie verbunden sind.
# Our help desk would not take the message.
# Sent by e-mail hours ago; he was sent a copy
message-lost = Per E-Mail gesendet, aber noch immer nicht bei unserem Support. Versuchen Sie es erneut: Kommt sie doch noch an, ist sie nur einmal da.
message-refused = Unser Support-System hat die Nachricht nicht angenommen.
# Somebody wanted to edit it instead.
message-too-late = Die Nachricht kann nicht zurückgeholt werden: Sie ist vielleicht angekommen, oder danach wurde etwas geschrieben. Versuchen Sie es erneut: Sie wird nie doppelt gesendet.
message-edit = Bearbeiten
message-deleted = Diese Nachricht wurde gelöscht.
message-by-email = Jemand anderes hat per E-Mail geantwortet.
# A ticket that began by e-mail: somebody else answered, and what follows is not shown
message-goes-on = Ab hier geht es per E-Mail weiter, auch mit anderen. Sie finden es in Ihrem Postfach.
message-unsupported = Diese Art von Nachricht kann hier nicht angezeigt werden.
# Read out when somebody has written. $who: a name
message-arrived = Neue Nachricht von { $who }
message-below = Neue Nachricht
agent-types = { $who } schreibt…
event-cancelled = Sie haben dieses Ticket zurückgezogen
event-solved = Als gelöst markiert
event-reopened = Wieder geöffnet

## Writing an answer

reply-label = Ihre Antwort
reply-placeholder = Antworten
reply-send = Senden
reply-send-keys = Strg+Enter oder ⌘+Enter sendet
preview = Vorschau
# Shown when the button is pointed at. The signs are what one types.
preview-hint = So sieht es unser Support-Team. Möglich sind **fett**, *kursiv*, Listen und `Code`.
# Read out: what the buttons are for that follow
format-label = Formatierung
format-bold = Fett
format-italic = Kursiv
format-list = Liste
format-link = Link
format-code = Code
# Shown when a button is pointed at. $name: what it does, $key: the letter that does so with the key that is named here
format-keys = { $name } (Strg+{ $key })
# The same on a Mac
format-keys-mac = { $name } (⌘{ $key })
# What is being written is on the server.
draft-saved = Entwurf gespeichert
# The server could not be reached.
draft-here-only = Entwurf in diesem Browser gespeichert
reply-reopens = Dieses Ticket ist gelöst. Wenn Sie schreiben, wird es wieder geöffnet.
reply-reopens-cancelled = Sie haben dieses Ticket zurückgezogen. Wenn Sie schreiben, wird es wieder geöffnet.
reply-closed = Dieses Ticket ist endgültig geschlossen.
# A ticket that began by e-mail: the reply goes as a mail
reply-mail = Dieses Ticket begann mit einer E-Mail. Auch Ihre Antwort geht per E-Mail, mit einer Kopie an Sie.
reply-mail-reopens = Dieses Ticket ist gelöst. Ihre Antwort geht per E-Mail, mit einer Kopie an Sie, und öffnet es wieder.
# A ticket that began by e-mail is answered with a mail of one's own
reply-by-email = Dieses Ticket begann mit einer E-Mail. Bitte antworten Sie auch per E-Mail: auf unsere letzte Nachricht.
reply-write-email = E-Mail schreiben
reply-new-ticket = Neues Ticket dazu schreiben
# $left: a number
characters-left =
    { $left ->
        [one] Noch { $left } Zeichen
       *[other] Noch { $left } Zeichen
    }

## Files to send

file-add = Dateien hinzufügen
# Said before one chooses files. $files, $each and $all: numbers
file-limits =
    { $files ->
        [one] Eine Datei bis { $each } MB
       *[other] Bis zu { $files } Dateien, je { $each } MB und zusammen { $all } MB
    }
file-drop = Dateien hier ablegen
file-list = Dateien zum Senden
# $name: a file's name
file-there = { $name } wurde hinzugefügt.
file-again = Erneut versuchen: { $name }
file-remove = { $name } entfernen
# There is no connection; it is tried again by itself.
file-offline = Geht weiter, sobald Sie verbunden sind.
file-unreadable = Diese Datei kann nicht gelesen werden. Bitte fügen Sie sie erneut hinzu.
files-wait = Ihre Nachricht geht ab, sobald ihre Dateien da sind. Drücken Sie noch einmal auf „Senden“, um sie zurückzuhalten.
files-stuck = Eine Datei konnte nicht hinzugefügt werden. Versuchen Sie es erneut oder entfernen Sie sie, und senden Sie dann.
files-refused = Eine Datei kann nicht gesendet werden. Entfernen Sie sie, und senden Sie dann.

## Cancelling

cancel-ticket = Ticket zurückziehen
cancel-title = Dieses Ticket zurückziehen?
cancel-text = Wir arbeiten dann nicht mehr daran. Sie können es jederzeit wieder öffnen, indem Sie darin schreiben.
cancel-keep = Offen lassen
cancel-done = Das Ticket ist zurückgezogen.
# Our help desk is away: it is cancelled later, and can be taken back until then.
cancel-waits = Es wird zurückgezogen, sobald unser Support erreichbar ist.

## A new ticket

new-title = Neues Ticket
subject-label = Betreff
subject-hint = In wenigen Worten.
# Stands above links to tickets that have words of the subject.
similar-title = Ähnliche Tickets von Ihnen
message-label = Nachricht
message-hint = Was ist passiert, und was haben Sie erwartet? Ihr Text wird schon beim Schreiben gespeichert.
# A list to choose from, where the support team wants to know
priority-label = Priorität
priority-none = Keine bestimmte
new-send = Ticket senden
new-done = Wir haben Ihr Ticket erhalten.
# The subject of a ticket about an earlier one. $subject: that of the earlier one
new-about = Re: { $subject }
form-summary = Bitte prüfen Sie:

## Pages that are not there

not-found-title = Hier ist nichts
not-found = Die Adresse ist vielleicht falsch geschrieben oder veraltet.

## What can go wrong

error-signed-out = Sie sind nicht mehr angemeldet. Bitte melden Sie sich wieder an.
error-not-found = Das gibt es hier nicht.
error-key-reused = Das wurde schon einmal mit anderem Wortlaut gesendet. Bitte senden Sie es erneut.
error-still-sending = Etwas, das Sie geschrieben haben, ist noch unterwegs zu unserem Support. Bitte versuchen Sie es erneut, wenn es angekommen ist.
error-not-allowed = Schreiben ist hier zurzeit nicht möglich.
# $seconds: a number
error-too-many-seconds =
    { $seconds ->
        [one] Zu viele Versuche. Bitte warten Sie { $seconds } Sekunde.
       *[other] Zu viele Versuche. Bitte warten Sie { $seconds } Sekunden.
    }
# $minutes: a number
error-too-many-minutes =
    { $minutes ->
        [one] Zu viele Versuche. Bitte warten Sie { $minutes } Minute.
       *[other] Zu viele Versuche. Bitte warten Sie { $minutes } Minuten.
    }
error-link-expired = Dieser Code oder Link gilt nicht mehr. Bitte fordern Sie eine neue E-Mail an.
error-foreign-origin = Das wurde nicht von unserer eigenen Seite gesendet. Bitte laden Sie die Seite neu und versuchen Sie es erneut.
error-bad-request = Das konnte nicht verstanden werden. Bitte laden Sie die Seite neu und versuchen Sie es erneut.
error-unavailable = Es hat diesmal nicht geklappt. Bitte versuchen Sie es gleich noch einmal.
# $reference: letters and digits that our support can look up
error-unavailable-reference = Es hat diesmal nicht geklappt. Bitte versuchen Sie es gleich noch einmal. Referenz: { $reference }
error-offline = Wir sind nicht erreichbar. Bitte prüfen Sie Ihre Verbindung.

# What is wrong with a file. $mib: a number
error-file-too-large = Diese Datei ist zu groß. Eine Datei darf höchstens { $mib } MB haben.
error-file-empty = Diese Datei ist leer.
error-file-program = Programme können nicht gesendet werden, wie auch immer sie heißen. Eine ZIP-Datei schon.
error-files-waiting = Es warten zu viele Dateien auf das Senden: höchstens { $mib } MB insgesamt. Bitte senden oder entfernen Sie erst einige.
error-no-room = Für Dateien ist gerade kein Platz. Bitte versuchen Sie es später erneut. Was Sie geschrieben haben, bleibt erhalten.
error-file-gone = Eine Datei ist nicht mehr da. Bitte entfernen Sie sie und fügen Sie sie erneut hinzu.
# $limit: a number
error-too-many-files =
    { $limit ->
        [one] Eine Nachricht kann höchstens { $limit } Datei haben.
       *[other] Eine Nachricht kann höchstens { $limit } Dateien haben.
    }
# $mib: a number
error-files-too-large = Die Dateien einer Nachricht dürfen zusammen höchstens { $mib } MB haben.

# At a field
error-empty-address = Bitte geben Sie Ihre E-Mail-Adresse ein.
error-empty-code = Bitte geben Sie den Code aus der E-Mail ein.
error-empty-subject = Bitte geben Sie einen Betreff ein.
error-empty-message = Bitte schreiben Sie eine Nachricht.
error-not-an-address = Bitte geben Sie eine E-Mail-Adresse ein, zum Beispiel name@example.com.
error-forbidden-character = Darin ist ein Zeichen, das nicht gesendet werden kann. Bitte entfernen Sie es.
# $limit: a number
error-too-many-drafts = Mehr als { $limit } Entwürfe sind nicht möglich. Dieser bleibt nur in diesem Browser gespeichert.
# $limit: the most characters there may be, $actual: how many there are, $over: how many too many
error-too-long =
    { $over ->
        [one] Das ist { $over } Zeichen zu lang. Höchstens { $limit } passen hinein.
       *[other] Das ist { $over } Zeichen zu lang. Höchstens { $limit } passen hinein.
    }
# $tries: how many tries are left
error-wrong-code =
    { $tries ->
        [0] Für diesen Code gibt es keine Versuche mehr. Der Link in der E-Mail gilt noch, oder senden Sie eine weitere E-Mail.
        [one] Das ist nicht der Code. Sie haben noch { $tries } Versuch.
       *[other] Das ist nicht der Code. Sie haben noch { $tries } Versuche.
    }
