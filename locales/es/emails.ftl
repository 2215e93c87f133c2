# Correos. $brand es el nombre del soporte, $minutes cuánto valen el enlace y el código, $device qué los pidió, p. ej. «Firefox, Windows».

sign-in-subject = Inicia sesión en { $brand }
sign-in-heading = Inicia sesión en { $brand }
sign-in-intro = Abre este enlace para iniciar sesión:
sign-in-button = Iniciar sesión
sign-in-code-lead = O escribe este código donde lo pediste:
sign-in-valid =
    { $minutes ->
        [one] El enlace y el código valen { $minutes } minuto y una sola vez.
       *[other] El enlace y el código valen { $minutes } minutos y una sola vez.
    }
sign-in-device = Se pidieron desde este dispositivo: { $device }.
sign-in-device-unknown = Alguien los pidió con esta dirección.
sign-in-ignore = ¿No los pediste? Entonces ignora este correo: sin él nadie puede entrar. No des el código a nadie.
sign-in-link-lead = Si el botón no funciona, copia esta dirección en tu navegador:
