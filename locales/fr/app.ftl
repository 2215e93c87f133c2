### Texts of the portal's screens.
###
### A language is a folder with this file and emails.ftl. What it does not have is shown in English.
### Words in braces are filled in: { $name } must stay as it is. Numbers and dates follow the language by themselves.

## The language itself

# Its own name, as people who speak it look for it in a list.
language-name = Français
# ltr or rtl
language-direction = ltr

## Before the page is there

# It could not be loaded, and the link that tries again.
page-failed = Cette page n’a pas pu être chargée. Vérifiez votre connexion.
page-load-again = Recharger
page-needs-script = Cette page a besoin de JavaScript et de WebAssembly. Activez-les ou utilisez un autre navigateur.

## Everywhere

skip-link = Aller au contenu
loading = Chargement…
try-again = Réessayer
sending = Envoi…
reload = Recharger
close = Fermer
download = Télécharger
to-tickets = Voir vos tickets
# Read out after a link, to those who do not see where it leads.
new-tab = (s’ouvre dans un nouvel onglet)
# Stands between a name and a time, as in "Noor, 09:31".
comma = { ", " }
# Stands between the name of a field or a file and what is wrong with it.
colon = { " : " }
you = Vous
unread = Non lu :
no-subject = Sans objet
outdated = Une nouvelle version de cette page est prête. Ce que vous écrivez est conservé.
part-failed-title = Le chargement a échoué
offline-line = Vous êtes hors ligne, ou nous sommes injoignables. Ce que vous voyez n’est peut-être pas à jour ; nous continuons d’essayer.
# $time: day and time
as-of-line = Situation au { $time } ; notre système d’assistance ne répond pas pour le moment.
# $time: the time of today
as-of-today = Situation à { $time } ; notre système d’assistance ne répond pas pour le moment.

## The menu at the end of the top bar

account-label = Votre compte :
# Read out before the name of the language.
preferences-label = Langue et apparence :
signed-in-as = Session ouverte avec
language-label = Langue
language-failed = Cette langue n’a pas pu être chargée. Veuillez réessayer.
theme-label = Apparence
theme-system = Automatique
theme-light = Claire
theme-dark = Sombre
account-open = Votre compte
sign-out = Se déconnecter
# Signing out could not be done; why follows. Stands over everything else until one of the buttons is pressed.
unended-title = Votre session est toujours ouverte
unended-lead = La déconnexion n’a pas fonctionné.
unended-stay = Rester connecté
# He wants to sign out while a ticket or a message of his waits for the network, or for its files.
unsent-title = Tout n’est pas encore envoyé
unsent-lead = Quelque chose que vous avez écrit attend encore d’être envoyé. Si vous vous déconnectez maintenant, ce ne sera pas envoyé, et ce navigateur l’oubliera.
unsent-leave = Se déconnecter quand même

## Signing in

sign-in-title = Se connecter
sign-in-lead = Saisissez votre adresse e-mail. Nous vous enverrons un lien et un code ; aucun mot de passe n’est nécessaire.
address-label = Adresse e-mail
sign-in-send = Recevoir un lien
signed-out = Votre session est fermée.

## After the form: the mail is on its way

check-title = Consultez votre messagerie
# The same is said for every address. $minutes: a number
check-lead =
    { $minutes ->
        [one] Si { $address } peut se connecter ici, un e-mail avec un lien et un code est en route. Ils sont valables { $minutes } minute.
       *[other] Si { $address } peut se connecter ici, un e-mail avec un lien et un code est en route. Ils sont valables { $minutes } minutes.
    }
code-label = Code reçu par e-mail
# K7QF-2M9X is an example of a code.
code-hint = Huit lettres et chiffres, par exemple K7QF‑2M9X.
code-send = Se connecter
signing-in = Connexion…
send-again = Renvoyer un e-mail
# $seconds: a number
send-again-in =
    { $seconds ->
        [one] Renvoyer un e-mail dans { $seconds } seconde
       *[other] Renvoyer un e-mail dans { $seconds } secondes
    }
sent-again = Si cette adresse peut se connecter, un e-mail est en route. Les codes précédents restent valables jusqu’à ce que l’un d’eux soit utilisé.
other-address = Utiliser une autre adresse
no-mail-title = Vous n’avez rien reçu ?
no-mail-spam = Regardez dans le dossier des courriers indésirables.
no-mail-typo = Vérifiez qu’il n’y a pas d’erreur dans l’adresse : { $address }
no-mail-other-address = Vous nous avez peut-être écrit depuis une autre adresse : essayez avec celle-là.
no-mail-again = Si cette adresse peut se connecter, un e-mail est en route ; cela peut prendre quelques minutes. Seuls quelques e-mails sont envoyés par heure.

## The link of the mail

link-opening = Ouverture de votre lien…
link-title = Se connecter sur cet appareil ?
link-lead = Ce lien a été demandé dans un autre navigateur. Ne continuez que si c’était vous.
link-mailbox = Adresse
link-device = Appareil
link-asked = Demandé
link-warning = Si vous ne l’avez pas demandé, fermez cette page. Il ne se passera rien.
# $other: an e-mail address
link-signed-in-as = Une session est ouverte ici avec { $other }. Si vous continuez, elle sera fermée.
# $address: an e-mail address
link-press = Se connecter avec { $address }
link-spent-title = Ce lien ne fonctionne plus
link-spent = Un lien n’est valable que peu de temps et une seule fois. Le vôtre a déjà servi, a expiré ou est incomplet.
link-new = Demander un nouveau lien
link-failed-title = Le lien n’a pas pu être ouvert

## The session ended while something was on the screen

over-title = Connectez-vous pour continuer
over-lead = Votre session a été fermée après un moment d’inactivité ou depuis un autre appareil.
over-kept = Ce que vous écriviez est toujours là.
# $address: an e-mail address
over-send = Envoyer un code à { $address }
over-sent = Si { $address } peut se connecter ici, un e-mail avec un code est en route. Saisissez le code ici.
over-leave = Quitter et oublier ce qui est conservé dans ce navigateur

## The account

account-title = Votre compte
profile-title = Profil
name-label = Votre nom
name-hint = C’est ainsi que l’équipe d’assistance vous appelle. Si vous le laissez vide, ce sera ce qui précède le @ de votre adresse.
name-save = Enregistrer le nom
name-saved = Votre nom est enregistré. L’équipe d’assistance le voit aussi.
profile-lead = En vous connectant, vous avez montré que cette adresse est la vôtre. Les pages et les e-mails sont dans la langue que vous choisissez ici.
mails-all = M’envoyer un e-mail quand il y a une réponse que je n’ai pas vue
sessions-title = Vos sessions ouvertes
sessions-lead = Si vous ne reconnaissez pas l’une de ces sessions, mettez-y fin. Une session inutilisée se termine d’elle-même.
session-here = Ce navigateur
# Stands for the name of a device that does not say what it is.
session-unknown = Appareil inconnu
# $when: day and time, such as "Today, 09:31"
session-used = Dernière utilisation : { $when }
session-began = Connexion : { $when }
session-end = Terminer
# Read out in place of "End". $device: such as "Firefox, Windows"
session-end-label = Terminer : { $device }
session-ended = Cette session est terminée.
sessions-end-others = Se déconnecter partout ailleurs
forget-section = Oublier mes données
forget-lead = Le portail peut oublier tout ce qu’il conserve à votre sujet. Vos tickets restent chez notre assistance.
forget-open = Oublier mes données…
forget-title = Le portail doit-il vous oublier ?
forget-goes = Ce qui disparaît
forget-goes-sessions = Vos sessions : elles sont fermées sur tous les appareils.
forget-goes-copies = Les copies que le portail a de vos tickets et messages.
forget-goes-drafts = Vos brouillons et les messages marqués comme non envoyés.
forget-goes-profile = Votre adresse, votre nom, votre langue et ce que vous avez lu.
forget-stays = Ce qui reste
# $brand: name of the company's support
forget-stays-tickets = Vos tickets à l’assistance de { $brand }. Pour qu’ils soient supprimés, demandez-le d’abord dans un ticket.
forget-stays-number = Une liste de numéros de tickets sans votre nom, pour que vous seul les retrouviez si vous vous reconnectez.
forget-keep = Tout conserver
forget-act = Oublier mes données
forget-done = Vos données sont oubliées ici, et vos sessions fermées partout.

## The list of tickets

tickets-title = Vos tickets
new-ticket = Nouveau ticket
# A line of the list: who wrote last, and the beginning of it.
row-last = { $who } : { $words }
row-sending = Vous : envoi…
row-waiting = Vous : en attente d’envoi
row-failed = Non envoyé. Ouvrez le ticket pour réessayer.
more-tickets = Afficher plus
# Stands on paper below a list that is not printed whole.
more-not-printed = Il y a plus de tickets que ceux imprimés ici. Pour les avoir sur papier, recherchez-les d’abord.
tickets-none-title = Pas encore de tickets
tickets-none = Quand vous avez besoin d’aide, écrivez un nouveau ticket. Vous trouverez notre réponse ici.
tickets-filling = Recherche de vos tickets précédents…
tickets-failed-title = Vos tickets n’ont pas pu être chargés
choose-title = Aucun ticket ouvert
choose-text = Choisissez un ticket pour le lire ou écrivez-en un nouveau.

# Looking for tickets
find-label = Rechercher dans vos tickets
find-placeholder = Rechercher
# Read out: what the links are that follow.
show-label = Quels tickets
show-all = Tous
show-open = Ouverts
show-waiting = À vous de répondre
show-solved = Résolus
# How many tickets there are. $n: a number
show-count = { $n }
show-everything = Afficher tous les tickets
show-none-title = Aucun ticket ici
show-none = Aucun de vos tickets n’est dans cette liste pour le moment.
sort-label = Ordre
sort-activity = Dernière activité
sort-newest = Plus récents
# Read out when the list changes. $n: a number
found-count =
    { $n ->
        [one] { $n } ticket trouvé
       *[other] { $n } tickets trouvés
    }
# Read out when a ticket opens at a message in which the words were found
found-message = Vous êtes au message trouvé
found-none-title = Aucun résultat
# $words: what was typed
found-none = Aucun ticket ne contient « { $words } » dans son objet ou ses messages.

# Where a ticket stands
status-received = Reçu
status-in-progress = En cours
status-waiting-for-you = À vous de répondre
status-solved = Résolu
status-cancelled = Annulé

# How urgent the support team calls it
priority-low = Priorité basse
priority-medium = Priorité moyenne
priority-high = Priorité haute
priority-urgent = Urgent

# How long ago, as short as can be
time-now = à l’instant
time-minutes = { $n } min
time-hours = { $n } h

## One ticket

ticket-number = Ticket { $number }
# $date: a day
ticket-opened = Ouvert le { $date }
mails-ticket = Réponses par e-mail
ticket-missing-title = Ce ticket n’existe pas
ticket-missing = Il a peut-être été supprimé, ou il appartient à une autre adresse.
ticket-failed-title = Le ticket n’a pas pu être chargé
thread-label = Messages
thread-filling = Recherche des messages précédents…
earlier-messages = Afficher les messages précédents
# Stands on paper, where the thread goes on upwards.
earlier-not-printed = Les messages précédents ne sont pas imprimés. Pour les avoir sur papier, affichez-les d’abord.
# Stands before a link to a picture in a mail. Pictures of other servers tell them who reads.
picture-elsewhere = Image non chargée :
# A picture of a ticket, shown large. $n and $count: numbers, such as "2 of 5"
viewer-count = { $n } sur { $count }
viewer-previous = Image précédente
viewer-next = Image suivante
viewer-larger = Agrandir
viewer-smaller = Réduire
# Read out: what keys do. The signs are those of the keyboard.
viewer-keys = Image. Les flèches mènent à la suivante, + et − changent sa taille, 0 l’ajuste à l’écran.
viewer-broken = Cette image ne peut pas être affichée.
# A picture of a mail that has no name
viewer-unnamed = Image
# Opens what a mail quotes of the mails before it
earlier-mails = E-mails précédents
day-today = Aujourd’hui
day-yesterday = Hier
message-sending = { $who }, envoi…
# It has been on its way for a while: our help desk is slow or away.
message-sending-long = { $who }, envoi en cours… Nous continuons d’essayer, et votre texte est conservé.
message-waiting = { $who }, en attente de notre assistance. Vous pouvez encore le reprendre.
# A reply to a ticket that began by e-mail: the mail server has it, and the ticket will have it in some minutes
message-mailed = { $who }, envoyé par e-mail. L’arrivée à notre assistance peut prendre quelques minutes.
take-back = Reprendre
message-failed = Non envoyé.
# There is no connection; it is tried again by itself.
message-offline = Sera envoyé dès le retour de la connexion.
# Our help desk would not take the message.
# Sent by e-mail hours ago; he was sent a copy
message-lost = Envoyé par e-mail, mais toujours pas arrivé à notre assistance. Réessayez : s’il finit par arriver, il n’y sera qu’une fois.
message-refused = Notre système d’assistance ne l’a pas accepté.
# Somebody wanted to edit it instead.
message-too-late = Il ne peut plus être repris : il est peut-être arrivé, ou quelque chose a été écrit après lui. Réessayez : il n’est jamais envoyé deux fois.
message-edit = Modifier
message-deleted = Ce message a été supprimé.
message-by-email = Quelqu’un d’autre a répondu par e-mail.
# A ticket that began by e-mail: somebody else answered, and what follows is not shown
message-goes-on = La suite se passe par e-mail, avec d’autres personnes aussi. Vous la trouverez dans votre messagerie.
message-unsupported = Ce type de message ne peut pas être affiché ici.
# Read out when somebody has written. $who: a name
message-arrived = Nouveau message de { $who }
message-below = Nouveau message
agent-types = { $who } écrit…
event-cancelled = Vous avez annulé ce ticket
event-solved = Marqué comme résolu
event-reopened = Rouvert

## Writing an answer

reply-label = Votre réponse
reply-placeholder = Répondre
reply-send = Envoyer
reply-send-keys = Ctrl+Entrée ou ⌘+Entrée envoie
preview = Aperçu
# Shown when the button is pointed at. The signs are what one types.
preview-hint = Ce que verra notre équipe d’assistance. Utilisez **gras**, *italique*, listes et `code`.
# Read out: what the buttons are for that follow
format-label = Mise en forme
format-bold = Gras
format-italic = Italique
format-list = Liste
format-link = Lien
format-code = Code
# Shown when a button is pointed at. $name: what it does, $key: the letter that does so with the key that is named here
format-keys = { $name } (Ctrl+{ $key })
# The same on a Mac
format-keys-mac = { $name } (⌘{ $key })
# What is being written is on the server.
draft-saved = Brouillon enregistré
# The server could not be reached.
draft-here-only = Brouillon conservé dans ce navigateur
reply-reopens = Ce ticket est résolu. Écrire le rouvre.
reply-reopens-cancelled = Vous avez annulé ce ticket. Écrire le rouvre.
reply-closed = Ce ticket est définitivement fermé.
# A ticket that began by e-mail: the reply goes as a mail
reply-mail = Ce ticket a commencé par e-mail. Votre réponse part aussi par e-mail, avec une copie pour vous.
reply-mail-reopens = Ce ticket est résolu. Votre réponse part par e-mail, avec une copie pour vous, et le rouvre.
# A ticket that began by e-mail is answered with a mail of one's own
reply-by-email = Ce ticket a commencé par e-mail. Veuillez répondre aussi par e-mail, à notre dernier message.
reply-write-email = Écrire un e-mail
reply-new-ticket = Écrire un nouveau ticket à ce sujet
# $left: a number
characters-left =
    { $left ->
        [one] Encore { $left } caractère
       *[other] Encore { $left } caractères
    }

## Files to send

file-add = Ajouter des fichiers
# Said before one chooses files. $files, $each and $all: numbers
file-limits =
    { $files ->
        [one] Un fichier de { $each } Mo maximum
       *[other] { $files } fichiers maximum, { $each } Mo chacun et { $all } Mo en tout
    }
file-drop = Déposez les fichiers ici
file-list = Fichiers à envoyer
# $name: a file's name
file-there = { $name } a été ajouté.
file-again = Réessayer : { $name }
file-remove = Retirer { $name }
# There is no connection; it is tried again by itself.
file-offline = Reprendra dès le retour de la connexion.
file-unreadable = Ce fichier ne peut pas être lu. Veuillez l’ajouter à nouveau.
files-wait = Votre message partira dès que ses fichiers seront là. Appuyez à nouveau sur « Envoyer » pour le retenir.
files-stuck = Un fichier n’a pas pu être ajouté. Réessayez ou retirez-le, puis envoyez.
files-refused = Un fichier ne peut pas être envoyé. Retirez-le, puis envoyez.

## Cancelling

cancel-ticket = Annuler le ticket
cancel-title = Annuler ce ticket ?
cancel-text = Nous arrêtons d’y travailler. Vous pouvez le rouvrir à tout moment en y écrivant.
cancel-keep = Le garder ouvert
cancel-done = Le ticket est annulé.
# Our help desk is away: it is cancelled later, and can be taken back until then.
cancel-waits = Il sera annulé dès que notre assistance sera joignable.

## A new ticket

new-title = Nouveau ticket
subject-label = Objet
subject-hint = En quelques mots.
# Stands above links to tickets that have words of the subject.
similar-title = Vos tickets semblables
message-label = Message
message-hint = Que s’est-il passé, et qu’attendiez-vous ? Votre texte est enregistré au fur et à mesure.
# A list to choose from, where the support team wants to know
priority-label = Priorité
priority-none = Aucune en particulier
new-send = Envoyer le ticket
new-done = Nous avons reçu votre ticket.
# The subject of a ticket about an earlier one. $subject: that of the earlier one
new-about = Re: { $subject }
form-summary = À vérifier :

## Pages that are not there

not-found-title = Il n’y a rien ici
not-found = L’adresse est peut-être mal saisie ou périmée.

## What can go wrong

error-signed-out = Votre session est terminée. Veuillez vous reconnecter.
error-not-found = Cela n’existe pas ici.
error-key-reused = Ceci a déjà été envoyé sous une autre forme. Veuillez l’envoyer à nouveau.
error-still-sending = Quelque chose que vous avez écrit est encore en route vers notre assistance. Réessayez quand ce sera arrivé.
error-not-allowed = Il n’est pas possible d’écrire ici pour le moment.
# $seconds: a number
error-too-many-seconds =
    { $seconds ->
        [one] Trop d’essais. Veuillez patienter { $seconds } seconde.
       *[other] Trop d’essais. Veuillez patienter { $seconds } secondes.
    }
# $minutes: a number
error-too-many-minutes =
    { $minutes ->
        [one] Trop d’essais. Veuillez patienter { $minutes } minute.
       *[other] Trop d’essais. Veuillez patienter { $minutes } minutes.
    }
error-link-expired = Ce code ou ce lien ne fonctionne plus. Veuillez demander un nouvel e-mail.
error-foreign-origin = L’envoi ne vient pas de notre propre page. Veuillez recharger la page et réessayer.
error-bad-request = La demande n’a pas été comprise. Veuillez recharger la page et réessayer.
error-unavailable = Cela n’a pas fonctionné cette fois. Veuillez réessayer dans un instant.
# $reference: letters and digits that our support can look up
error-unavailable-reference = Cela n’a pas fonctionné cette fois. Veuillez réessayer dans un instant. Référence : { $reference }
error-offline = Nous sommes injoignables. Vérifiez votre connexion.

# What is wrong with a file. $mib: a number
error-file-too-large = Ce fichier est trop volumineux. Un fichier peut faire { $mib } Mo au maximum.
error-file-empty = Ce fichier est vide.
error-file-program = Les programmes ne peuvent pas être envoyés, quel que soit leur nom. Un fichier ZIP le peut.
error-files-waiting = Trop de fichiers attendent d’être envoyés : { $mib } Mo en tout au maximum. Envoyez-en ou retirez-en d’abord.
error-no-room = Il n’y a pas de place pour des fichiers en ce moment. Réessayez plus tard. Ce que vous avez écrit est conservé.
error-file-gone = Un fichier n’est plus là. Retirez-le et ajoutez-le à nouveau.
# $limit: a number
error-too-many-files =
    { $limit ->
        [one] Un message peut comporter { $limit } fichier au maximum.
       *[other] Un message peut comporter { $limit } fichiers au maximum.
    }
# $mib: a number
error-files-too-large = Les fichiers d’un message peuvent faire { $mib } Mo au maximum ensemble.

# At a field
error-empty-address = Veuillez saisir votre adresse e-mail.
error-empty-code = Veuillez saisir le code reçu par e-mail.
error-empty-subject = Veuillez saisir un objet.
error-empty-message = Veuillez écrire un message.
error-not-an-address = Veuillez saisir une adresse e-mail, par exemple nom@example.com.
error-forbidden-character = Il contient un caractère qui ne peut pas être envoyé. Veuillez le retirer.
# $limit: a number
error-too-many-drafts = Vous avez déjà { $limit } brouillons, le maximum possible. Celui-ci n’est conservé que dans ce navigateur.
# $limit: the most characters there may be, $actual: how many there are, $over: how many too many
error-too-long =
    { $over ->
        [one] C’est trop long de { $over } caractère. Le maximum est de { $limit }.
       *[other] C’est trop long de { $over } caractères. Le maximum est de { $limit }.
    }
# $tries: how many tries are left
error-wrong-code =
    { $tries ->
        [0] Il ne reste aucun essai pour ce code. Le lien dans l’e-mail fonctionne encore, ou renvoyez un e-mail.
        [one] Ce n’est pas le code. Il vous reste { $tries } essai.
       *[other] Ce n’est pas le code. Il vous reste { $tries } essais.
    }
