### Texts of the portal's screens.
###
### A language is a folder with this file and emails.ftl. What it does not have is shown in English.
### Words in braces are filled in: { $name } must stay as it is. Numbers and dates follow the language by themselves.

## The language itself

# Its own name, as people who speak it look for it in a list.
language-name = Português
# ltr or rtl
language-direction = ltr

## Before the page is there

# It could not be loaded, and the link that tries again.
page-failed = Não foi possível carregar esta página. Verifique sua conexão.
page-load-again = Carregar de novo
page-needs-script = Esta página precisa de JavaScript e WebAssembly. Ative-os ou use outro navegador.

## Everywhere

skip-link = Ir para o conteúdo
loading = Carregando…
try-again = Tentar de novo
sending = Enviando…
reload = Recarregar
close = Fechar
download = Baixar
to-tickets = Ver seus chamados
# Read out after a link, to those who do not see where it leads.
new-tab = (abre em outra aba)
# Stands between a name and a time, as in "Noor, 09:31".
comma = { ", " }
# Stands between the name of a field or a file and what is wrong with it.
colon = { ": " }
you = Você
unread = Não lido:
no-subject = Sem assunto
outdated = Há uma nova versão desta página. O que você está escrevendo será mantido.
part-failed-title = Não foi possível carregar
offline-line = Você está sem conexão ou não conseguimos responder. O que você vê pode estar desatualizado; continuamos tentando.
# $time: day and time
as-of-line = Situação em { $time }; nosso sistema de atendimento não está respondendo no momento.
# $time: the time of today
as-of-today = Situação de hoje, { $time }; nosso sistema de atendimento não está respondendo no momento.

## The menu at the end of the top bar

account-label = Sua conta:
# Read out before the name of the language.
preferences-label = Idioma e aparência:
signed-in-as = Sessão iniciada como
language-label = Idioma
language-failed = Não foi possível carregar esse idioma. Tente de novo.
theme-label = Aparência
theme-system = Automática
theme-light = Clara
theme-dark = Escura
account-open = Sua conta
sign-out = Sair
# Signing out could not be done; why follows. Stands over everything else until one of the buttons is pressed.
unended-title = Sua sessão continua aberta
unended-lead = Não foi possível sair.
unended-stay = Continuar com a sessão aberta
# He wants to sign out while a ticket or a message of his waits for the network, or for its files.
unsent-title = Nem tudo foi enviado ainda
unsent-lead = Algo que você escreveu ainda espera para ser enviado. Se você sair agora, não será enviado, e este navegador o esquecerá.
unsent-leave = Sair mesmo assim

## Signing in

sign-in-title = Entrar
sign-in-lead = Digite seu e-mail. Enviaremos um link e um código; não é preciso ter senha.
address-label = E-mail
sign-in-send = Receber um link
signed-out = Você saiu.

## After the form: the mail is on its way

check-title = Confira seu e-mail
# The same is said for every address. $minutes: a number
check-lead =
    { $minutes ->
        [one] Se { $address } puder entrar aqui, um e-mail com um link e um código está a caminho. Eles valem por { $minutes } minuto.
       *[other] Se { $address } puder entrar aqui, um e-mail com um link e um código está a caminho. Eles valem por { $minutes } minutos.
    }
code-label = Código do e-mail
# K7QF-2M9X is an example of a code.
code-hint = Oito letras e números, por exemplo K7QF‑2M9X.
code-send = Entrar
signing-in = Entrando…
send-again = Enviar outro e-mail
# $seconds: a number
send-again-in =
    { $seconds ->
        [one] Enviar outro e-mail em { $seconds } segundo
       *[other] Enviar outro e-mail em { $seconds } segundos
    }
sent-again = Se este endereço puder entrar, um e-mail está a caminho. Os códigos anteriores continuam valendo até que um seja usado.
other-address = Usar outro endereço
no-mail-title = O e-mail não chegou?
no-mail-spam = Olhe na pasta de spam ou lixo eletrônico.
no-mail-typo = Verifique se o endereço está certo: { $address }
no-mail-other-address = Talvez você tenha escrito para nós de outro endereço: tente com ele.
no-mail-again = Se este endereço puder entrar, um e-mail está a caminho; pode levar alguns minutos. Só alguns são enviados por hora.

## The link of the mail

link-opening = Abrindo seu link…
link-title = Entrar neste dispositivo?
link-lead = Este link foi pedido em outro navegador. Continue somente se foi você.
link-mailbox = E-mail
link-device = Dispositivo
link-asked = Pedido em
link-warning = Se você não o pediu, feche esta página. Nada acontecerá.
# $other: an e-mail address
link-signed-in-as = Há uma sessão aberta aqui como { $other }. Se você continuar, ela será encerrada.
# $address: an e-mail address
link-press = Entrar como { $address }
link-spent-title = Este link não funciona mais
link-spent = Um link vale por pouco tempo e uma única vez. O seu já foi usado, expirou ou não está completo.
link-new = Pedir outro link
link-failed-title = Não foi possível abrir o link

## The session ended while something was on the screen

over-title = Entre para continuar
over-lead = Sua sessão foi encerrada, por inatividade ou a partir de outro dispositivo.
over-kept = O que você estava escrevendo continua aqui.
# $address: an e-mail address
over-send = Enviar um código para { $address }
over-sent = Se { $address } puder entrar aqui, um e-mail com um código está a caminho. Digite o código aqui.
over-leave = Sair e esquecer o que está guardado neste navegador

## The account

account-title = Sua conta
profile-title = Perfil
name-label = Seu nome
name-hint = É assim que a equipe de atendimento chama você. Se ficar vazio, será o que vem antes do @ do seu endereço.
name-save = Salvar nome
name-saved = Seu nome foi salvo. A equipe de atendimento também o vê.
profile-lead = Ao entrar, você mostrou que este e-mail é seu. As páginas e os e-mails vêm no idioma que você escolher aqui.
mails-all = Enviar um e-mail quando houver uma resposta que eu não vi
sessions-title = Suas sessões
sessions-lead = Se não reconhecer alguma destas sessões, encerre-a. Uma sessão sem uso termina sozinha.
session-here = Este navegador
# Stands for the name of a device that does not say what it is.
session-unknown = Dispositivo desconhecido
# $when: day and time, such as "Today, 09:31"
session-used = Último uso: { $when }
session-began = Início: { $when }
session-end = Encerrar
# Read out in place of "End". $device: such as "Firefox, Windows"
session-end-label = Encerrar: { $device }
session-ended = Essa sessão foi encerrada.
sessions-end-others = Sair de todos os outros
forget-section = Esquecer meus dados
forget-lead = O portal pode esquecer tudo o que guarda sobre você. Seus chamados ficam com o atendimento.
forget-open = Esquecer meus dados…
forget-title = O portal deve esquecer você?
forget-goes = O que será apagado
forget-goes-sessions = Suas sessões: elas são encerradas em todos os dispositivos.
forget-goes-copies = As cópias que o portal tem dos seus chamados e mensagens.
forget-goes-drafts = Seus rascunhos e as mensagens marcadas como não enviadas.
forget-goes-profile = Seu endereço, seu nome, seu idioma e o que você leu.
forget-stays = O que fica
# $brand: name of the company's support
forget-stays-tickets = Seus chamados no atendimento de { $brand }. Para que sejam apagados, peça isso antes em um chamado.
forget-stays-number = Uma lista de números de chamados sem o seu nome, para que só você os recupere se entrar de novo.
forget-keep = Manter tudo
forget-act = Esquecer meus dados
forget-done = Seus dados foram esquecidos aqui, e suas sessões foram encerradas.

## The list of tickets

tickets-title = Seus chamados
new-ticket = Novo chamado
# A line of the list: who wrote last, and the beginning of it.
row-last = { $who }: { $words }
row-sending = Você: enviando…
row-waiting = Você: aguardando envio
row-failed = Não enviado. Abra o chamado para tentar de novo.
more-tickets = Mostrar mais
# Stands on paper below a list that is not printed whole.
more-not-printed = Há mais chamados do que os impressos aqui. Para tê-los no papel, pesquise-os antes.
tickets-none-title = Nenhum chamado ainda
tickets-none = Quando precisar de ajuda, escreva um novo chamado. Nossa resposta aparecerá aqui.
tickets-filling = Buscando seus chamados anteriores…
tickets-failed-title = Não foi possível carregar seus chamados
choose-title = Nenhum chamado aberto
choose-text = Escolha um chamado para ler ou escreva um novo.

# Looking for tickets
find-label = Buscar nos seus chamados
find-placeholder = Buscar
# Read out: what the links are that follow.
show-label = Quais chamados
show-all = Todos
show-open = Abertos
show-waiting = Aguardando você
show-solved = Resolvidos
# How many tickets there are. $n: a number
show-count = { $n }
show-everything = Mostrar todos os chamados
show-none-title = Nenhum chamado aqui
show-none = Nenhum dos seus chamados está nesta lista no momento.
sort-label = Ordem
sort-activity = Última atividade
sort-newest = Mais recentes
# Read out when the list changes. $n: a number
found-count =
    { $n ->
        [one] { $n } chamado encontrado
       *[other] { $n } chamados encontrados
    }
# Read out when a ticket opens at a message in which the words were found
found-message = Você está na mensagem encontrada
found-none-title = Nada encontrado
# $words: what was typed
found-none = Nenhum chamado tem “{ $words }” no assunto ou nas mensagens.

# Where a ticket stands
status-received = Recebido
status-in-progress = Em andamento
status-waiting-for-you = Aguardando você
status-solved = Resolvido
status-cancelled = Cancelado

# How urgent the support team calls it
priority-low = Prioridade baixa
priority-medium = Prioridade média
priority-high = Prioridade alta
priority-urgent = Urgente

# How long ago, as short as can be
time-now = agora
time-minutes = { $n } min
time-hours = { $n } h

## One ticket

ticket-number = Chamado { $number }
# $date: a day
ticket-opened = Aberto em { $date }
mails-ticket = Respostas por e-mail
ticket-missing-title = Esse chamado não existe
ticket-missing = Ele pode ter sido removido ou pertencer a outro endereço.
ticket-failed-title = Não foi possível carregar o chamado
thread-label = Mensagens
thread-filling = Buscando mensagens anteriores…
earlier-messages = Mostrar mensagens anteriores
# Stands on paper, where the thread goes on upwards.
earlier-not-printed = As mensagens anteriores não são impressas. Para tê-las no papel, mostre-as antes.
# Stands before a link to a picture in a mail. Pictures of other servers tell them who reads.
picture-elsewhere = Imagem que não foi carregada:
# A picture of a ticket, shown large. $n and $count: numbers, such as "2 of 5"
viewer-count = { $n } de { $count }
viewer-previous = Imagem anterior
viewer-next = Próxima imagem
viewer-larger = Aumentar
viewer-smaller = Diminuir
# Read out: what keys do. The signs are those of the keyboard.
viewer-keys = Imagem. As setas levam à próxima, + e − mudam o tamanho, 0 a ajusta à tela.
viewer-broken = Não é possível mostrar esta imagem.
# A picture of a mail that has no name
viewer-unnamed = Imagem
# Opens what a mail quotes of the mails before it
earlier-mails = E-mails anteriores
day-today = Hoje
day-yesterday = Ontem
message-sending = { $who }, enviando…
# It has been on its way for a while: our help desk is slow or away.
message-sending-long = { $who }, ainda enviando… Continuamos tentando, e seu texto está guardado.
message-waiting = { $who }, aguardando nosso atendimento. Você ainda pode desfazer o envio.
# A reply to a ticket that began by e-mail: the mail server has it, and the ticket will have it in some minutes
message-mailed = { $who }, enviado por e-mail. Pode levar alguns minutos até chegar ao nosso atendimento.
take-back = Desfazer envio
message-failed = Não enviado.
# There is no connection; it is tried again by itself.
message-offline = Será enviado quando houver conexão.
# Our help desk would not take the message.
# Sent by e-mail hours ago; he was sent a copy
message-lost = Enviado por e-mail, mas ainda não chegou ao nosso atendimento. Tente de novo: se acabar chegando, aparecerá uma única vez.
message-refused = Nosso sistema de atendimento não aceitou a mensagem.
# Somebody wanted to edit it instead.
message-too-late = Não é mais possível desfazer o envio: a mensagem pode ter chegado, ou algo foi escrito depois dela. Tente de novo: ela nunca é enviada duas vezes.
message-edit = Editar
message-deleted = Esta mensagem foi apagada.
message-by-email = Outra pessoa respondeu por e-mail.
# A ticket that began by e-mail: somebody else answered, and what follows is not shown
message-goes-on = Daqui em diante a conversa continua por e-mail, também com outras pessoas. Você a encontra na sua caixa de entrada.
message-unsupported = Este tipo de mensagem não pode ser mostrado aqui.
# Read out when somebody has written. $who: a name
message-arrived = Nova mensagem de { $who }
message-below = Nova mensagem
agent-types = { $who } está escrevendo…
event-cancelled = Você cancelou este chamado
event-solved = Marcado como resolvido
event-reopened = Reaberto

## Writing an answer

reply-label = Sua resposta
reply-placeholder = Responder
reply-send = Enviar
reply-send-keys = Ctrl+Enter ou ⌘+Enter envia
preview = Prévia
# Shown when the button is pointed at. The signs are what one types.
preview-hint = Como a equipe de atendimento verá. Use **negrito**, *itálico*, listas e `código`.
# Read out: what the buttons are for that follow
format-label = Formatação
format-bold = Negrito
format-italic = Itálico
format-list = Lista
format-link = Link
format-code = Código
# Shown when a button is pointed at. $name: what it does, $key: the letter that does so with the key that is named here
format-keys = { $name } (Ctrl+{ $key })
# The same on a Mac
format-keys-mac = { $name } (⌘{ $key })
# What is being written is on the server.
draft-saved = Rascunho salvo
# The server could not be reached.
draft-here-only = Rascunho guardado neste navegador
reply-reopens = Este chamado está resolvido. Se você escrever, ele será reaberto.
reply-reopens-cancelled = Você cancelou este chamado. Se você escrever, ele será reaberto.
reply-closed = Este chamado está encerrado definitivamente.
# A ticket that began by e-mail: the reply goes as a mail
reply-mail = Este chamado começou por e-mail. Sua resposta também vai por e-mail, com cópia para você.
reply-mail-reopens = Este chamado está resolvido. Sua resposta vai por e-mail, com cópia para você, e o reabre.
# A ticket that began by e-mail is answered with a mail of one's own
reply-by-email = Este chamado começou por e-mail. Responda também por e-mail, à nossa última mensagem.
reply-write-email = Escrever um e-mail
reply-new-ticket = Escrever um novo chamado sobre isto
# $left: a number
characters-left =
    { $left ->
        [one] Resta { $left } caractere
       *[other] Restam { $left } caracteres
    }

## Files to send

file-add = Adicionar arquivos
# Said before one chooses files. $files, $each and $all: numbers
file-limits =
    { $files ->
        [one] Um arquivo de até { $each } MB
       *[other] Até { $files } arquivos, { $each } MB cada um e { $all } MB no total
    }
file-drop = Solte os arquivos aqui
file-list = Arquivos para enviar
# $name: a file's name
file-there = { $name } foi adicionado.
file-again = Tentar de novo: { $name }
file-remove = Remover { $name }
# There is no connection; it is tried again by itself.
file-offline = Continua quando houver conexão.
file-unreadable = Não é possível ler este arquivo. Adicione-o de novo.
files-wait = Sua mensagem será enviada assim que os arquivos chegarem. Toque em Enviar de novo para segurá-la.
files-stuck = Não foi possível adicionar um arquivo. Tente de novo ou remova-o e depois envie.
files-refused = Um arquivo não pode ser enviado. Remova-o e depois envie.

## Cancelling

cancel-ticket = Cancelar chamado
cancel-title = Cancelar este chamado?
cancel-text = Deixaremos de trabalhar nele. Você pode reabri-lo a qualquer momento escrevendo nele.
cancel-keep = Manter aberto
cancel-done = O chamado foi cancelado.
# Our help desk is away: it is cancelled later, and can be taken back until then.
cancel-waits = Será cancelado assim que conseguirmos contato com nosso atendimento.

## A new ticket

new-title = Novo chamado
subject-label = Assunto
subject-hint = Em poucas palavras.
# Stands above links to tickets that have words of the subject.
similar-title = Chamados seus parecidos
message-label = Mensagem
message-hint = O que aconteceu e o que você esperava? Guardamos o texto enquanto você escreve.
# A list to choose from, where the support team wants to know
priority-label = Prioridade
priority-none = Nenhuma em especial
new-send = Enviar chamado
new-done = Recebemos seu chamado.
# The subject of a ticket about an earlier one. $subject: that of the earlier one
new-about = Re: { $subject }
form-summary = Verifique:

## Pages that are not there

not-found-title = Não há nada aqui
not-found = O endereço pode estar errado ou desatualizado.

## What can go wrong

error-signed-out = Sua sessão terminou. Entre de novo.
error-not-found = Isso não existe aqui.
error-key-reused = Isto já foi enviado com outro texto. Envie de novo.
error-still-sending = Algo que você escreveu ainda está a caminho do nosso atendimento. Tente de novo quando tiver chegado.
error-not-allowed = Não é possível escrever aqui no momento.
# $seconds: a number
error-too-many-seconds =
    { $seconds ->
        [one] Tentativas demais. Aguarde { $seconds } segundo.
       *[other] Tentativas demais. Aguarde { $seconds } segundos.
    }
# $minutes: a number
error-too-many-minutes =
    { $minutes ->
        [one] Tentativas demais. Aguarde { $minutes } minuto.
       *[other] Tentativas demais. Aguarde { $minutes } minutos.
    }
error-link-expired = Este código ou link não vale mais. Peça um novo e-mail.
error-foreign-origin = Isto não foi enviado da nossa página. Recarregue a página e tente de novo.
error-bad-request = Não foi possível entender o pedido. Recarregue a página e tente de novo.
error-unavailable = Desta vez não funcionou. Tente de novo daqui a pouco.
# $reference: letters and digits that our support can look up
error-unavailable-reference = Desta vez não funcionou. Tente de novo daqui a pouco. Referência: { $reference }
error-offline = Não foi possível falar com nosso servidor. Verifique sua conexão.

# What is wrong with a file. $mib: a number
error-file-too-large = Este arquivo é grande demais. Um arquivo pode ter no máximo { $mib } MB.
error-file-empty = Este arquivo está vazio.
error-file-program = Programas não podem ser enviados, seja qual for o nome. Um arquivo ZIP pode.
error-files-waiting = Há arquivos demais esperando envio: o máximo é { $mib } MB no total. Envie ou remova alguns antes.
error-no-room = Não há espaço para arquivos agora. Tente mais tarde. O que você escreveu está guardado.
error-file-gone = Um arquivo não está mais aqui. Remova-o e adicione-o de novo.
# $limit: a number
error-too-many-files =
    { $limit ->
        [one] Uma mensagem pode ter no máximo { $limit } arquivo.
       *[other] Uma mensagem pode ter no máximo { $limit } arquivos.
    }
# $mib: a number
error-files-too-large = Os arquivos de uma mensagem podem ter no máximo { $mib } MB juntos.

# At a field
error-empty-address = Digite seu e-mail.
error-empty-code = Digite o código do e-mail.
error-empty-subject = Digite um assunto.
error-empty-message = Escreva uma mensagem.
error-not-an-address = Digite um endereço de e-mail, por exemplo nome@example.com.
error-forbidden-character = Há um caractere que não pode ser enviado. Remova-o.
# $limit: a number
error-too-many-drafts = Você já tem { $limit } rascunhos, o máximo possível. Este fica guardado só neste navegador.
# $limit: the most characters there may be, $actual: how many there are, $over: how many too many
error-too-long =
    { $over ->
        [one] Há { $over } caractere a mais. O máximo é { $limit }.
       *[other] Há { $over } caracteres a mais. O máximo é { $limit }.
    }
# $tries: how many tries are left
error-wrong-code =
    { $tries ->
        [0] Não restam tentativas para este código. O link do e-mail ainda vale, ou envie outro e-mail.
        [one] Este não é o código. Você tem mais { $tries } tentativa.
       *[other] Este não é o código. Você tem mais { $tries } tentativas.
    }
