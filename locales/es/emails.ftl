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
