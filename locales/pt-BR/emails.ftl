# Mails. $brand is the name of the support, $minutes how long link and code are good, $device what asked, such as "Firefox, Windows".

sign-in-subject = Entrar em { $brand }
sign-in-heading = Entrar em { $brand }
sign-in-intro = Abra este link para entrar:
sign-in-button = Entrar
sign-in-code-lead = Ou digite este código onde você o pediu:
sign-in-valid =
    { $minutes ->
        [one] O link e o código valem por { $minutes } minuto e uma única vez.
       *[other] O link e o código valem por { $minutes } minutos e uma única vez.
    }
sign-in-device = Foram pedidos neste dispositivo: { $device }.
sign-in-device-unknown = Alguém os pediu com este endereço.
sign-in-ignore = Você não pediu? Então ignore este e-mail: sem ele ninguém consegue entrar. Não passe o código a ninguém.
sign-in-link-lead = Se o botão não funcionar, copie este endereço para o seu navegador:

# The mail about an answer that was not seen. $subject and $number are the ticket's, $count says how many answers there are, $agent is who wrote one,
# $name that of a file. The subject is that of each mail about a ticket: mail programs group by it.
away-subject = { $subject } (nº { $number })
away-untitled = Seu chamado
away-lead =
    { $count ->
        [one] Há uma nova resposta no seu chamado.
       *[other] Há { $count } novas respostas no seu chamado.
    }
away-wrote = { $agent } escreveu:
away-file = Arquivo: { $name }
away-more = Há mais. Abra o chamado para continuar lendo.
away-hidden = Abra o chamado para ler.
away-solved = A equipe de atendimento marcou seu chamado como resolvido. Se não estiver, responda nele: isso o reabre.
away-reopened = Seu chamado está aberto de novo: a equipe de atendimento está cuidando dele.
away-open = Abrir o chamado
away-reply = Responda no chamado: uma resposta a este e-mail não chega até ele.
away-why = Você recebe este e-mail porque ainda não viu a resposta.
away-off-ticket = Não receber mais e-mails sobre este chamado
away-off-all = Não receber mais e-mails sobre nenhuma resposta

# The page that those two lead to, with one button.
away-page-title-ticket = E-mails sobre um chamado
away-page-title-all = E-mails sobre respostas
away-page-on-ticket = Você recebe um e-mail quando há neste chamado uma resposta que você não viu.
away-page-off-ticket = Você não recebe e-mails sobre este chamado.
away-page-on-all = Você recebe um e-mail quando há uma resposta que você não viu.
away-page-off-all = Você não recebe e-mails sobre respostas. Os que você pede para entrar continuam chegando.
away-page-switch-off = Desativar estes e-mails
away-page-switch-on = Ativar estes e-mails
away-page-account = Você também pode mudar isto na sua conta.
away-page-broken-title = Não há nada para mudar aqui
away-page-broken = Este endereço não está completo. Abra-o de novo a partir do e-mail ou mude isto na sua conta.
away-page-later = Foram vezes demais em pouco tempo. Tente de novo em um minuto.
away-page-failed = Algo deu errado aqui, e nada foi mudado. Tente de novo em um minuto.
away-page-portal = Ver seus chamados
