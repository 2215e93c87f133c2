//! The other customers: Bob with a few tickets, Maria who writes Spanish, one who is blocked, and some with none.

use super::files::SeedFile;
use super::script::{Act, Customer, Ticket, ago, customer, john};
use crate::store::rows::Status;

/// Contacts who are known and have no ticket. `slow@` and `down@` are sentinels.
pub(super) const WITHOUT_TICKETS: [(&str, &str); 3] = [
    ("Nora New", "new@example.com"),
    ("Sam Slow", "slow@example.com"),
    ("Dora Down", "down@example.com"),
];

/// Bob.
pub(super) fn bob() -> Customer {
    let tickets = vec![
        Ticket {
            subject: "Monitor flickers",
            minutes_ago: ago(3, 2),
            acts: vec![
                customer(
                    0,
                    "The left monitor on my desk flickers every few minutes. I have tried another cable.",
                ),
                (18, Act::Assign),
                (
                    20,
                    Act::John(
                        "Hello Bob, thank you for trying the cable. Does it flicker at 60 Hz too?\n\n*Settings → Display → Refresh rate*",
                        vec![],
                    ),
                ),
                customer(95, "At 60 Hz it is fine. At 75 Hz it flickers."),
            ],
        },
        Ticket {
            subject: "Keyboard with a German layout",
            minutes_ago: ago(31, 0),
            acts: vec![
                customer(0, "Could I get a keyboard with a German layout?"),
                (
                    60,
                    Act::Mary("Of course. It will be on your desk on Thursday."),
                ),
                (4320, Act::Status(Status::Resolved)),
            ],
        },
        Ticket {
            subject: "VPN on the phone",
            minutes_ago: ago(0, 5),
            acts: vec![customer(0, "How do I set up the VPN on a phone?")],
        },
    ];
    Customer {
        name: "Bob Babbage",
        address: "bob@example.com",
        tickets,
    }
}

/// Maria.
pub(super) fn maria() -> Customer {
    let tickets = vec![
        Ticket {
            subject: "No puedo imprimir desde el portátil",
            minutes_ago: ago(1, 6),
            acts: vec![
                customer(
                    0,
                    "Hola, desde esta mañana no puedo imprimir. Sale el mensaje «impresora sin conexión». ¿Me pueden ayudar?",
                ),
                (
                    25,
                    Act::Priya(
                        "Hola, María:\n\n1. Apague la impresora diez segundos.\n2. Enciéndala y espere a que salga el logotipo.\n3. Pruebe otra vez.\n\n¿Funciona ahora?",
                    ),
                ),
                customer(50, "¡Sí, ya funciona! Muchas gracias. 😊"),
                (
                    55,
                    Act::Note("INTERNAL: same printer as last week, order a new one."),
                ),
            ],
        },
        Ticket {
            subject: "Factura de septiembre",
            minutes_ago: ago(12, 0),
            acts: vec![
                customer(0, "¿Me pueden enviar la factura de septiembre, por favor?"),
                (180, Act::John("Aquí la tiene.", vec![SeedFile::Invoice])),
                (200, Act::Status(Status::Resolved)),
            ],
        },
    ];
    Customer {
        name: "María García",
        address: "maria@example.com",
        tickets,
    }
}

/// Somebody whom an agent has blocked.
pub(super) fn blocked() -> Customer {
    let tickets = vec![Ticket {
        subject: "You will hear from me",
        minutes_ago: ago(40, 0),
        acts: vec![
            customer(0, "This is the tenth time!!!"),
            john(30, "I am sorry about that. What happened?"),
            (
                60,
                Act::Note("INTERNAL: blocked on request of the team lead."),
            ),
        ],
    }];
    Customer {
        name: "Victor Vexed",
        address: "blocked@example.com",
        tickets,
    }
}
