# Mails. $brand is the name of the support, $minutes how long link and code are good, $device what asked, such as "Firefox, Windows".

sign-in-subject = Connexion à { $brand }
sign-in-heading = Connexion à { $brand }
sign-in-intro = Ouvrez ce lien pour vous connecter :
sign-in-button = Se connecter
sign-in-code-lead = Ou saisissez ce code là où vous l’avez demandé :
sign-in-valid =
    { $minutes ->
        [one] Le lien et le code sont valables { $minutes } minute, et une seule fois.
       *[other] Le lien et le code sont valables { $minutes } minutes, et une seule fois.
    }
sign-in-device = Ils ont été demandés sur cet appareil : { $device }.
sign-in-device-unknown = Quelqu’un les a demandés avec cette adresse.
sign-in-ignore = Vous n’avez rien demandé ? Alors ignorez cet e-mail : sans lui, personne ne peut entrer. Ne donnez le code à personne.
sign-in-link-lead = Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :

# The mail about an answer that was not seen. $subject and $number are the ticket's, $count says how many answers there are, $agent is who wrote one,
# $name that of a file. The subject is that of each mail about a ticket: mail programs group by it.
away-subject = { $subject } (n° { $number })
away-untitled = Votre ticket
away-lead =
    { $count ->
        [one] Il y a une nouvelle réponse dans votre ticket.
       *[other] Il y a { $count } nouvelles réponses dans votre ticket.
    }
away-wrote = { $agent } a écrit :
away-file = Fichier : { $name }
away-more = Ce n’est pas tout. Ouvrez le ticket pour lire la suite.
away-hidden = Ouvrez le ticket pour lire.
away-solved = L’équipe d’assistance a marqué votre ticket comme résolu. S’il ne l’est pas, répondez-y : cela le rouvre.
away-reopened = Votre ticket est de nouveau ouvert : l’équipe d’assistance s’en occupe.
away-open = Ouvrir le ticket
away-reply = Veuillez répondre dans le ticket : une réponse à cet e-mail n’y arrive pas.
away-why = Vous recevez cet e-mail parce que vous ne l’avez pas encore vu.
away-off-ticket = Ne plus recevoir d’e-mails sur ce ticket
away-off-all = Ne plus recevoir d’e-mails sur aucune réponse

# The page that those two lead to, with one button.
away-page-title-ticket = E-mails sur un ticket
away-page-title-all = E-mails sur les réponses
away-page-on-ticket = Vous recevez un e-mail quand il y a dans ce ticket une réponse que vous n’avez pas vue.
away-page-off-ticket = Vous ne recevez pas d’e-mails sur ce ticket.
away-page-on-all = Vous recevez un e-mail quand il y a une réponse que vous n’avez pas vue.
away-page-off-all = Vous ne recevez pas d’e-mails sur les réponses. Ceux que vous demandez pour vous connecter arrivent toujours.
away-page-switch-off = Désactiver ces e-mails
away-page-switch-on = Activer ces e-mails
away-page-account = Vous pouvez aussi changer cela dans votre compte.
away-page-broken-title = Il n’y a rien à changer ici
away-page-broken = Cette adresse est incomplète. Ouvrez-la à nouveau depuis l’e-mail, ou faites le changement dans votre compte.
away-page-later = C’était trop souvent en peu de temps. Réessayez dans une minute.
away-page-failed = Une erreur s’est produite ici, et rien n’a été changé. Réessayez dans une minute.
away-page-portal = Voir vos tickets
