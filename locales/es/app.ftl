### Textos de las pantallas del portal.
###
### Lo que falte aquí se muestra en inglés. Lo que va entre llaves se rellena solo: { $name } debe quedar tal cual.

## El idioma

# Su propio nombre, tal como lo busca en una lista quien lo habla.
language-name = Español
# ltr o rtl
language-direction = ltr

## Antes de que la página esté ahí

# No se pudo cargar, y el enlace que lo vuelve a intentar.
page-failed = No se pudo cargar esta página. Compruebe su conexión.
page-load-again = Volver a cargarla
page-needs-script = Esta página necesita JavaScript y WebAssembly. Actívelos o use otro navegador.

## En todas partes

skip-link = Saltar al contenido
loading = Cargando…
try-again = Reintentar
sending = Enviando…
reload = Recargar
close = Cerrar
download = Descargar
to-tickets = Ir a sus tickets
# Se lee en voz alta tras un enlace.
new-tab = (se abre en otra pestaña)
# Va entre un nombre y una hora, como en «Noor, 9:31».
comma = { ", " }
# Va entre el nombre de un campo o archivo y lo que le pasa.
colon = { ": " }
you = Usted
unread = Sin leer:
no-subject = Sin asunto
outdated = Hay una versión nueva de esta página. Lo que está escribiendo se conserva.
part-failed-title = No se pudo cargar
offline-line = No tiene conexión o no podemos responder. Lo que ve puede no estar al día; seguimos intentándolo.
# $time: día y hora
as-of-line = Así estaban las cosas el { $time }; nuestro sistema de atención no responde en este momento.
# $time: la hora de hoy
as-of-today = Así estaban las cosas hoy, { $time }; nuestro sistema de atención no responde en este momento.

## El menú de la barra superior

account-label = Su cuenta:
# Read out before the name of the language.
preferences-label = Idioma y aspecto:
signed-in-as = Sesión iniciada como
language-label = Idioma
language-failed = No se pudo cargar ese idioma. Inténtelo de nuevo.
theme-label = Aspecto
theme-system = Automático
theme-light = Claro
theme-dark = Oscuro
account-open = Su cuenta
sign-out = Cerrar sesión
# Signing out could not be done; why follows. Stands over everything else until one of the buttons is pressed.
unended-title = Su sesión sigue abierta
unended-lead = No se pudo cerrar la sesión.
unended-stay = Mantener la sesión abierta
# He wants to sign out while a ticket or a message of his waits for the network, or for its files.
unsent-title = Aún no se ha enviado todo
unsent-lead = Algo que escribió todavía espera a ser enviado. Si cierra la sesión ahora, no se enviará, y este navegador lo olvidará.
unsent-leave = Cerrar la sesión de todos modos

## Iniciar sesión

sign-in-title = Iniciar sesión
sign-in-lead = Escriba su dirección de correo. Le enviaremos un enlace y un código; no necesita contraseña.
address-label = Correo electrónico
sign-in-send = Enviarme un enlace
signed-out = Ha cerrado la sesión.

## Después del formulario: el correo está en camino

check-title = Revise su correo
# Se dice lo mismo para cualquier dirección. $minutes: un número
check-lead =
    { $minutes ->
        [one] Si { $address } puede iniciar sesión aquí, va en camino un correo con un enlace y un código. Valen durante { $minutes } minuto.
       *[other] Si { $address } puede iniciar sesión aquí, va en camino un correo con un enlace y un código. Valen durante { $minutes } minutos.
    }
code-label = Código del correo
# K7QF-2M9X es un ejemplo de código.
code-hint = Ocho letras y cifras, por ejemplo K7QF‑2M9X.
code-send = Iniciar sesión
signing-in = Iniciando sesión…
send-again = Enviar otro correo
# $seconds: un número
send-again-in =
    { $seconds ->
        [one] Enviar otro correo en { $seconds } segundo
       *[other] Enviar otro correo en { $seconds } segundos
    }
sent-again = Si esta dirección puede iniciar sesión, va en camino un correo. Los códigos anteriores siguen valiendo hasta que se use uno.
other-address = Usar otra dirección
no-mail-title = ¿No ha llegado ningún correo?
no-mail-spam = Mire en la carpeta de correo no deseado.
no-mail-typo = Compruebe que la dirección no tenga errores: { $address }
no-mail-other-address = Quizá nos escribió desde otra dirección: pruebe con esa.
no-mail-again = Si esta dirección puede iniciar sesión, va en camino un correo; puede tardar unos minutos. Solo se envían unos pocos por hora.

## El enlace del correo

link-opening = Abriendo su enlace…
link-title = ¿Iniciar sesión en este dispositivo?
link-lead = Este enlace se pidió en otro navegador. Continúe solo si fue usted.
link-mailbox = Buzón
link-device = Dispositivo
link-asked = Se pidió el
link-warning = Si no lo pidió usted, cierre esta página. No ocurrirá nada.
# $other: una dirección de correo
link-signed-in-as = Aquí tiene la sesión iniciada como { $other }. Si continúa, esa sesión se cerrará.
# $address: una dirección de correo
link-press = Iniciar sesión como { $address }
link-spent-title = Este enlace ya no funciona
link-spent = Un enlace vale poco tiempo y una sola vez. El suyo ya se usó, ha caducado o no está completo.
link-new = Pedir otro enlace
link-failed-title = No se pudo abrir el enlace

## La sesión terminó con algo en pantalla

over-title = Inicie sesión para continuar
over-lead = La sesión se cerró, porque hubo un rato sin actividad o desde otro dispositivo.
over-kept = Lo que estaba escribiendo sigue aquí.
# $address: una dirección de correo
over-send = Enviar un código a { $address }
over-sent = Si { $address } puede iniciar sesión aquí, va en camino un correo con un código. Escriba aquí el código.
over-leave = Salir y olvidar lo que se guarda en este navegador

## La cuenta

account-title = Su cuenta
profile-title = Perfil
name-label = Su nombre
name-hint = Así le llama el equipo de soporte. Si lo deja vacío, será lo que está antes de la @ de su dirección.
name-save = Guardar nombre
name-saved = Su nombre se ha guardado. El equipo de soporte también lo verá.
profile-lead = Al iniciar sesión demostró que este buzón es suyo. Las páginas y los correos le llegan en el idioma que elija aquí.
mails-all = Enviarme un correo cuando haya una respuesta que no he visto
sessions-title = Dónde ha iniciado sesión
sessions-lead = Si no reconoce alguna, ciérrela. Una sesión que no se usa se cierra sola.
session-here = Este navegador
# En lugar del nombre de un dispositivo que no dice cuál es.
session-unknown = Dispositivo desconocido
# $when: día y hora, como «Hoy, 9:31»
session-used = Último uso: { $when }
session-began = Inicio: { $when }
session-end = Cerrar
# Se lee en voz alta en lugar de «Cerrar». $device: como «Firefox, Windows»
session-end-label = Cerrar: { $device }
session-ended = Esa sesión está cerrada.
sessions-end-others = Cerrar todas las demás
forget-section = Olvidarme
forget-lead = El portal puede olvidar todo lo que guarda sobre usted. Sus tickets se quedan con el equipo de atención.
forget-open = Olvidarme…
forget-title = ¿Debe olvidarle el portal?
forget-goes = Lo que se borra
forget-goes-sessions = Sus sesiones: se cierran en todos los dispositivos.
forget-goes-copies = Las copias que el portal tiene de sus tickets y mensajes.
forget-goes-drafts = Sus borradores y los mensajes marcados como no enviados.
forget-goes-profile = Su dirección, su nombre, su idioma y lo que ha leído.
forget-stays = Lo que se queda
# $brand: nombre del equipo de atención de la empresa
forget-stays-tickets = Sus tickets en el sistema de atención de { $brand }. Si quiere que se borren, pídalo antes en un ticket.
forget-stays-number = Una lista de números de ticket sin su nombre, para que solo usted los recupere si vuelve a iniciar sesión.
forget-keep = Conservar todo
forget-act = Olvidarme
forget-done = Aquí ya no queda nada suyo, y su sesión está cerrada en todas partes.

## La lista de tickets

tickets-title = Sus tickets
new-ticket = Nuevo ticket
# Una línea de la lista: quién escribió por última vez, y el comienzo.
row-last = { $who }: { $words }
row-sending = Usted: enviando…
row-waiting = Usted: pendiente de envío
row-failed = No se envió. Abra el ticket para reintentar.
more-tickets = Mostrar más
# Stands on paper below a list that is not printed whole.
more-not-printed = Hay más tickets de los que se imprimen aquí. Para tenerlos en papel, búsquelos antes.
tickets-none-title = Aún no hay tickets
tickets-none = Cuando necesite ayuda, escriba un ticket nuevo. Aquí encontrará nuestra respuesta.
tickets-filling = Buscando sus tickets anteriores…
tickets-failed-title = No se pudieron cargar sus tickets
choose-title = Ningún ticket abierto
choose-text = Elija un ticket para leerlo o escriba uno nuevo.

# Buscar tickets
find-label = Buscar en sus tickets
find-placeholder = Buscar
# Se lee en voz alta: qué son los enlaces que siguen.
show-label = Qué tickets
show-all = Todos
show-open = Abiertos
show-waiting = Esperan su respuesta
show-solved = Resueltos
# Cuántos tickets hay. $n: un número
show-count = { $n }
show-everything = Mostrar todos los tickets
show-none-title = Aquí no hay tickets
show-none = Ninguno de sus tickets está en esta lista en este momento.
sort-label = Orden
sort-activity = Última actividad
sort-newest = Más recientes
# Se lee en voz alta cuando cambia la lista. $n: un número
found-count =
    { $n ->
        [one] { $n } ticket encontrado
       *[other] { $n } tickets encontrados
    }
# Read out when a ticket opens at a message in which the words were found
found-message = Está en el mensaje encontrado
found-none-title = No se encontró nada
# $words: lo que se escribió
found-none = Ningún ticket contiene «{ $words }» en su asunto ni en sus mensajes.

# En qué punto está un ticket
status-received = Recibido
status-in-progress = En curso
status-waiting-for-you = Esperando su respuesta
status-solved = Resuelto
status-cancelled = Cancelado

# Con qué urgencia lo trata el equipo de soporte
priority-low = Prioridad baja
priority-medium = Prioridad media
priority-high = Prioridad alta
priority-urgent = Urgente

# Cuánto hace, lo más breve posible
time-now = ahora
time-minutes = { $n } min
time-hours = { $n } h

## Un ticket

ticket-number = Ticket { $number }
# $date: un día
ticket-opened = Abierto el { $date }
mails-ticket = Respuestas por correo
ticket-missing-title = Ese ticket no existe
ticket-missing = Puede que se haya eliminado o que sea de otra dirección.
ticket-failed-title = No se pudo cargar el ticket
thread-label = Mensajes
thread-filling = Buscando mensajes anteriores…
earlier-messages = Mostrar mensajes anteriores
# Stands on paper, where the thread goes on upwards.
earlier-not-printed = Los mensajes anteriores no se imprimen. Para tenerlos en papel, muéstrelos antes.
# Stands before a link to a picture in a mail. Pictures of other servers tell them who reads.
picture-elsewhere = Imagen que no se ha cargado:
# Una imagen de un ticket, mostrada en grande. $n y $count: números, como «2 de 5»
viewer-count = { $n } de { $count }
viewer-previous = Imagen anterior
viewer-next = Imagen siguiente
viewer-larger = Más grande
viewer-smaller = Más pequeña
viewer-keys = Imagen. Las flechas llevan a la siguiente, + y − cambian su tamaño, 0 la ajusta a la pantalla.
viewer-broken = Esta imagen no se puede mostrar.
# A picture of a mail that has no name
viewer-unnamed = Imagen
# Opens what a mail quotes of the mails before it
earlier-mails = Correos anteriores
day-today = Hoy
day-yesterday = Ayer
message-sending = { $who }, enviando…
# It has been on its way for a while: our help desk is slow or away.
message-sending-long = { $who }, aún enviando… Seguimos intentándolo y su texto no se pierde.
message-waiting = { $who }, en espera de nuestro equipo de atención. Aún puede recuperarlo.
# La respuesta a un ticket que empezó por correo: el servidor de correo la tiene, y el ticket la tendrá en unos minutos
message-mailed = { $who }, enviado por correo. Puede tardar unos minutos en llegar a nuestro servicio.
take-back = Recuperar
message-failed = No se envió.
# No hay conexión; se vuelve a intentar por sí solo.
message-offline = Se enviará cuando tenga conexión.
# Nuestro sistema no aceptó el mensaje.
# Enviado por correo hace horas; recibió una copia
message-lost = Se envió por correo, pero aún no ha llegado a nuestro servicio. Reinténtelo: si llegara después, aparecerá una sola vez.
message-refused = Nuestro sistema de atención no lo aceptó.
# Somebody wanted to edit it instead.
message-too-late = Ya no se puede recuperar: puede que haya llegado, o se escribió algo después. Inténtelo de nuevo: nunca se envía dos veces.
message-edit = Editar
message-deleted = Este mensaje se eliminó.
message-by-email = Otra persona respondió por correo.
# Un ticket que empezó por correo: otra persona respondió, y lo que sigue no se muestra
message-goes-on = A partir de aquí esto continúa por correo, también con otras personas. Lo encontrará en su buzón.
message-unsupported = Este tipo de mensaje no se puede mostrar aquí.
# Se lee en voz alta cuando alguien ha escrito. $who: un nombre
message-arrived = Mensaje nuevo de { $who }
message-below = Mensaje nuevo
agent-types = { $who } está escribiendo…
event-cancelled = Usted canceló este ticket
event-solved = Marcado como resuelto
event-reopened = Reabierto

## Escribir una respuesta

reply-label = Su respuesta
reply-placeholder = Responder
reply-send = Enviar
reply-send-keys = Ctrl+Intro o ⌘+Intro envía
preview = Vista previa
# Shown when the button is pointed at. The signs are what one types.
preview-hint = Así lo verá el equipo de soporte. Funcionan **negrita**, *cursiva*, listas y `código`.
# Lo que se lee en voz alta: para qué son los botones que siguen
format-label = Formato
format-bold = Negrita
format-italic = Cursiva
format-list = Lista
format-link = Enlace
format-code = Código
# Shown when a button is pointed at. $name: what it does, $key: the letter that does so with the key that is named here
format-keys = { $name } (Ctrl+{ $key })
# The same on a Mac
format-keys-mac = { $name } (⌘{ $key })
# What is being written is on the server.
draft-saved = Borrador guardado
# The server could not be reached.
draft-here-only = Borrador guardado en este navegador
reply-reopens = Este ticket está resuelto. Si escribe, se vuelve a abrir.
reply-reopens-cancelled = Usted canceló este ticket. Si escribe, se vuelve a abrir.
reply-closed = Este ticket está cerrado definitivamente.
# Un ticket que empezó por correo: la respuesta va por correo
reply-mail = Este ticket empezó por correo. Su respuesta también va por correo, con copia para usted.
reply-mail-reopens = Este ticket está resuelto. Su respuesta va por correo, con copia para usted, y lo abre de nuevo.
# Un ticket que empezó por correo se responde con un correo propio
reply-by-email = Este ticket empezó por correo. Por favor, responda también por correo: conteste a nuestro último mensaje.
reply-write-email = Escribir un correo
reply-new-ticket = Escribir un ticket nuevo sobre esto
# $left: un número
characters-left =
    { $left ->
        [one] Queda { $left } carácter
       *[other] Quedan { $left } caracteres
    }

## Archivos que se envían

file-add = Añadir archivos
# Se dice antes de elegir archivos. $files, $each y $all: números
file-limits =
    { $files ->
        [one] Un archivo de hasta { $each } MB
       *[other] Hasta { $files } archivos, { $each } MB cada uno y { $all } MB en total
    }
file-drop = Suelte los archivos aquí
file-list = Archivos que se envían
# $name: el nombre de un archivo
file-there = { $name } se ha añadido.
file-again = Reintentar: { $name }
file-remove = Quitar { $name }
# No hay conexión; se reintenta solo.
file-offline = Continúa cuando haya conexión.
file-unreadable = Este archivo no se puede leer. Añádalo de nuevo.
files-wait = Su mensaje sale en cuanto estén sus archivos. Pulse Enviar otra vez para retenerlo.
files-stuck = Un archivo no se pudo añadir. Reinténtelo o quítelo y después envíe.
files-refused = Un archivo no se puede enviar. Quítelo y después envíe.

## Cancelar

cancel-ticket = Cancelar ticket
cancel-title = ¿Cancelar este ticket?
cancel-text = Dejaremos de trabajar en él. Puede reabrirlo en cualquier momento escribiendo en él.
cancel-keep = Dejarlo abierto
cancel-done = El ticket está cancelado.
# Our help desk is away: it is cancelled later, and can be taken back until then.
cancel-waits = Se cancelará en cuanto podamos contactar con nuestro equipo de atención.

## Un ticket nuevo

new-title = Nuevo ticket
subject-label = Asunto
subject-hint = En pocas palabras.
# Stands above links to tickets that have words of the subject.
similar-title = Tickets suyos parecidos
message-label = Mensaje
message-hint = ¿Qué pasó y qué esperaba? Guardamos lo que escribe mientras lo escribe.
# Una lista para elegir, donde el equipo de soporte quiere saberlo
priority-label = Prioridad
priority-none = Ninguna en particular
new-send = Enviar ticket
new-done = Hemos recibido su ticket.
# El asunto de un ticket sobre otro anterior. $subject: el del anterior
new-about = Re: { $subject }
form-summary = Por favor, revise:

## Páginas que no existen

not-found-title = Aquí no hay nada
not-found = Puede que la dirección esté mal escrita o ya no valga.

## Lo que puede fallar

error-signed-out = Ya no tiene la sesión iniciada. Vuelva a iniciarla.
error-not-found = Eso no existe aquí.
error-key-reused = Esto ya se envió con otras palabras. Envíelo de nuevo.
error-still-sending = Algo que escribió aún va en camino a nuestro equipo de atención. Inténtelo de nuevo cuando haya llegado.
error-not-allowed = Ahora mismo no es posible escribir aquí.
# $seconds: un número
error-too-many-seconds =
    { $seconds ->
        [one] Demasiados intentos. Espere { $seconds } segundo.
       *[other] Demasiados intentos. Espere { $seconds } segundos.
    }
# $minutes: un número
error-too-many-minutes =
    { $minutes ->
        [one] Demasiados intentos. Espere { $minutes } minuto.
       *[other] Demasiados intentos. Espere { $minutes } minutos.
    }
error-link-expired = Este código o enlace ya no vale. Pida otro correo.
error-foreign-origin = Esto no se envió desde nuestra página. Recargue la página e inténtelo de nuevo.
error-bad-request = Esto no se pudo entender. Recargue la página e inténtelo de nuevo.
error-unavailable = Esta vez no funcionó. Inténtelo de nuevo en un momento.
# $reference: letras y cifras que nuestro equipo puede buscar
error-unavailable-reference = Esta vez no funcionó. Inténtelo de nuevo en un momento. Referencia: { $reference }
error-offline = No hay conexión con nosotros. Compruebe su conexión.

# Lo que pasa con un archivo. $mib: un número
error-file-too-large = Este archivo es demasiado grande. Un archivo puede tener { $mib } MB como máximo.
error-file-empty = Este archivo está vacío.
error-file-program = No se pueden enviar programas, se llamen como se llamen. Un archivo ZIP sí.
error-files-waiting = Demasiados archivos esperan a ser enviados: { $mib } MB en total es el máximo. Envíe o quite alguno antes.
error-no-room = Ahora no hay sitio para archivos. Inténtelo más tarde. Lo que escribió se guarda.
error-file-gone = Un archivo ya no está aquí. Quítelo y añádalo de nuevo.
# $limit: un número
error-too-many-files =
    { $limit ->
        [one] Un mensaje puede llevar { $limit } archivo como máximo.
       *[other] Un mensaje puede llevar { $limit } archivos como máximo.
    }
# $mib: un número
error-files-too-large = Los archivos de un mensaje pueden tener { $mib } MB juntos como máximo.

# Junto a un campo
error-empty-address = Escriba su dirección de correo.
error-empty-code = Escriba el código del correo.
error-empty-subject = Escriba un asunto.
error-empty-message = Escriba un mensaje.
error-not-an-address = Escriba una dirección de correo, por ejemplo nombre@example.com.
error-forbidden-character = Hay un carácter que no se puede enviar. Quítelo, por favor.
# $limit: a number
error-too-many-drafts = Ya tiene { $limit } borradores, y no puede haber más. Este se guarda solo en este navegador.
# $limit: el máximo de caracteres, $actual: los que hay, $over: los que sobran
error-too-long =
    { $over ->
        [one] Sobra { $over } carácter. Caben { $limit } como máximo.
       *[other] Sobran { $over } caracteres. Caben { $limit } como máximo.
    }
# $tries: los intentos que quedan
error-wrong-code =
    { $tries ->
        [0] No quedan intentos para este código. El enlace del correo aún vale, o envíe otro correo.
        [one] Ese no es el código. Le queda { $tries } intento.
       *[other] Ese no es el código. Le quedan { $tries } intentos.
    }
