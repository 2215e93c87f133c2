# Mails. $brand is the name of the support, $minutes how long link and code are good, $device what asked, such as "Firefox, Windows".

sign-in-subject = Sign in to { $brand }
sign-in-heading = Sign in to { $brand }
sign-in-intro = Open this link to sign in:
sign-in-button = Sign in
sign-in-code-lead = Or type this code where you asked for it:
sign-in-valid =
    { $minutes ->
        [one] Link and code are good for { $minutes } minute, and once.
       *[other] Link and code are good for { $minutes } minutes, and once.
    }
sign-in-device = They were asked for on this device: { $device }.
sign-in-device-unknown = Somebody asked for them with this address.
sign-in-ignore = You did not ask? Then ignore this mail: nobody gets in without it. Give the code to nobody.
sign-in-link-lead = If the button does not work, copy this address into your browser:
