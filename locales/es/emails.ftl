# Correos. $brand es el nombre del soporte, $minutes cuánto valen el enlace y el código, $device qué los pidió, p. ej. «Firefox, Windows».

sign-in-subject = Inicie sesión en { $brand }
sign-in-heading = Inicie sesión en { $brand }
sign-in-intro = Abra este enlace para iniciar sesión:
sign-in-button = Iniciar sesión
sign-in-code-lead = O escriba este código donde lo pidió:
sign-in-valid =
    { $minutes ->
        [one] El enlace y el código valen { $minutes } minuto y una sola vez.
       *[other] El enlace y el código valen { $minutes } minutos y una sola vez.
    }
sign-in-device = Se pidieron desde este dispositivo: { $device }.
sign-in-device-unknown = Alguien los pidió con esta dirección.
sign-in-ignore = ¿No los pidió usted? Entonces ignore este correo: sin él nadie puede entrar. No dé el código a nadie.
sign-in-link-lead = Si el botón no funciona, copie esta dirección en su navegador:

# El correo sobre una respuesta que no se ha visto. $subject y $number son los del ticket, $count cuántas respuestas hay, $agent quién escribió una,
# $name el nombre de un archivo. El asunto es el mismo en cada correo sobre un ticket: los programas de correo los agrupan por él.
away-subject = { $subject } (n.º { $number })
away-untitled = Su ticket
away-lead =
    { $count ->
        [one] Hay una respuesta nueva en su ticket.
       *[other] Hay { $count } respuestas nuevas en su ticket.
    }
away-wrote = { $agent } escribió:
away-file = Archivo: { $name }
away-more = Hay más. Abra el ticket para seguir leyendo.
away-hidden = Abra el ticket para leerlo.
away-solved = El equipo de atención ha marcado su ticket como resuelto. Si no lo está, responda en él y se abrirá de nuevo.
away-reopened = Su ticket vuelve a estar abierto: el equipo de atención se ocupa de él.
away-open = Abrir el ticket
away-reply = Responda en el ticket: una respuesta a este correo no llega a él.
away-why = Recibe este correo porque todavía no lo ha visto.
away-off-ticket = No recibir más correos sobre este ticket
away-off-all = No recibir más correos sobre ninguna respuesta

# La página a la que llevan esos dos enlaces, con un solo botón.
away-page-title-ticket = Correos sobre un ticket
away-page-title-all = Correos sobre respuestas
away-page-on-ticket = Recibe un correo cuando hay en este ticket una respuesta que no ha visto.
away-page-off-ticket = No recibe correos sobre este ticket.
away-page-on-all = Recibe un correo cuando hay una respuesta que no ha visto.
away-page-off-all = No recibe correos sobre respuestas. Los que pida para iniciar sesión le siguen llegando.
away-page-switch-off = Desactivar estos correos
away-page-switch-on = Activar estos correos
away-page-account = También puede cambiarlo en su cuenta.
away-page-broken-title = Aquí no hay nada que cambiar
away-page-broken = Esta dirección no está completa. Ábrala de nuevo desde el correo o cámbielo en su cuenta.
away-page-later = Han sido demasiadas veces en poco tiempo. Inténtelo de nuevo en un minuto.
away-page-failed = Algo ha fallado aquí y no se ha cambiado nada. Inténtelo de nuevo en un minuto.
away-page-portal = Ir a sus tickets
