//! Ada, the demo's main customer: a ticket in every state, and every kind of message.

use super::files::SeedFile;
use super::script::{Act, Customer, Ticket, ago, customer as writes, john};
use crate::store::rows::Status;

/// Ada and her tickets.
pub(super) fn customer() -> Customer {
    let tickets = vec![
        printer(),
        invoice(),
        Ticket {
            subject: "Cannot sign in to the warehouse app",
            minutes_ago: 35,
            acts: vec![
                (
                    0,
                    Act::Customer(
                        "Since the update the app says *0x80070005*. The log is attached.",
                        vec![SeedFile::Log],
                    ),
                ),
                (8, Act::Assign),
                (
                    11,
                    Act::Note(
                        "INTERNAL: licence expired yesterday, do not tell before sales has called.",
                    ),
                ),
                john(
                    26,
                    "Thank you for the log, Ada. I have reset your device.\n\nPlease sign in once more and tell me whether the number is still the same.",
                ),
            ],
        },
        Ticket {
            subject: "Slow Wi-Fi in meeting room Lovelace",
            minutes_ago: ago(5, 3),
            acts: vec![
                writes(
                    0,
                    "Video calls from this room freeze. Everywhere else it is fine.",
                ),
                (
                    40,
                    Act::Priya("We will measure it on Friday, when the room is free."),
                ),
                (45, Act::Status(Status::Pending)),
            ],
        },
        Ticket {
            subject: "New laptop for our trainee",
            minutes_ago: ago(8, 0),
            acts: vec![
                writes(
                    0,
                    "Our trainee Grace starts on the 1st. Could she get a laptop like mine?",
                ),
                (
                    90,
                    Act::Mary("Ordered. It takes about two weeks; I will write when it is here."),
                ),
                (95, Act::Status(Status::Snoozed)),
            ],
        },
        Ticket {
            subject: "Please order more paper",
            minutes_ago: ago(15, 0),
            acts: vec![writes(0, "We are down to the last box."), (35, Act::Cancel)],
        },
        Ticket {
            subject: "Scanner sends empty pages",
            minutes_ago: 47,
            acts: vec![(
                0,
                Act::Customer(
                    "Every second page of a scan is empty. This is how the tray looks.",
                    vec![SeedFile::Picture],
                ),
            )],
        },
        migration(),
        Ticket {
            subject: "سؤال عن الفاتورة",
            minutes_ago: ago(6, 4),
            acts: vec![
                writes(
                    0,
                    "مرحبًا، هل يمكنكم إرسال الفاتورة باللغة العربية؟ رقمها 2026-118.",
                ),
                john(120, "Hello Ada, I am asking accounting. (INV-2026-118)"),
            ],
        },
        Ticket {
            subject: "🎉 Thank you for the quick help!",
            minutes_ago: ago(20, 0),
            acts: vec![
                writes(
                    0,
                    "The new phones work perfectly 👏👏🏽 Please tell the team! 🧑‍🔧",
                ),
                john(10, "We are glad to hear it 😊"),
                (12, Act::Status(Status::Resolved)),
            ],
        },
        Ticket {
            subject: "Crash in Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz.dll",
            minutes_ago: ago(2, 2),
            acts: vec![
                writes(
                    0,
                    "It crashes at\n\nC:\\Windows\\System32\\Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft\\aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.dll",
                ),
                (
                    30,
                    Act::Priya(
                        "Could you send me the output of this?\n\n```\nsfc /scannow > result.txt\n```",
                    ),
                ),
            ],
        },
        badge(),
        Ticket {
            subject: "Which cable do I need?",
            minutes_ago: ago(4, 1),
            acts: vec![
                writes(0, "For the projector in room 7."),
                (5, Act::Deleted("Hi Grace, your salary slip is attached.")),
                (
                    6,
                    Act::Note("INTERNAL: wrote that into the wrong window, deleted it at once."),
                ),
                john(
                    9,
                    "Sorry, wrong window! For room 7 you need **HDMI**. There is one in the drawer under the projector.",
                ),
                writes(30, "Found it, thanks!"),
            ],
        },
        Ticket {
            subject: "Welcome packs for the new office",
            minutes_ago: 9,
            acts: vec![
                writes(0, "We move on Monday. Who brings the welcome packs?"),
                (
                    0,
                    Act::Template(
                        "Thank you, {{contact.first_name}}. We answer within **one working day**.",
                    ),
                ),
            ],
        },
    ];
    Customer {
        name: "Ada Lovelace",
        address: "ada@example.com",
        tickets,
    }
}

fn printer() -> Ticket {
    Ticket {
        subject: "The printer on floor 2 says PC LOAD LETTER",
        minutes_ago: ago(1, 1),
        acts: vec![
            writes(
                0,
                "What does it want from me? There is paper in every tray.",
            ),
            (14, Act::Assign),
            (15, Act::Labels(&["hardware"])),
            john(
                21,
                "Hello Ada,\\\nit wants paper of the size *Letter*. Please\n\n1. press **Menu**,\n2. choose `Paper size`,\n3. set tray 2 to **A4**.\n\nThe [manual](https://example.com/manual?page=12&lang=en) shows where. If it still complains:\n\n- switch it off and on,\n- send me the number on the display.\n\n> Do not pull the paper out while it is warm.",
            ),
            writes(
                64,
                "It prints again, but the first page is always blank. And `Menu` shows 49.4C02.",
            ),
            john(
                80,
                "That is a known one. Run\n\n```sh\nlpadmin -p floor2 -o job-sheets=none\n```\n\nor write to https://example.com/help and they do it for you.",
            ),
        ],
    }
}

fn invoice() -> Ticket {
    Ticket {
        subject: "Invoice 2026-118 shows the wrong address",
        minutes_ago: ago(11, 5),
        acts: vec![
            writes(0, "It still has our old street. Could you send a new one?"),
            (5, Act::Labels(&["billing"])),
            (200, Act::Note("INTERNAL: they owe us two months, be kind.")),
            (
                240,
                Act::John("Here is the corrected invoice.", vec![SeedFile::Invoice]),
            ),
            writes(260, "Perfect, thank you."),
            (270, Act::Status(Status::Resolved)),
            (270, Act::Survey),
        ],
    }
}

fn badge() -> Ticket {
    Ticket {
        subject: "Badge does not open door 3",
        minutes_ago: ago(7, 2),
        acts: vec![
            writes(0, "Red light, every time."),
            john(15, "I have added door 3 to your badge. Please try again."),
            (20, Act::Status(Status::Resolved)),
            writes(1500, "It opened yesterday, and today it is red again."),
            (
                1530,
                Act::Mary("I am looking at it together with the people from the front desk."),
            ),
        ],
    }
}

/// The long one: sixty messages over four days.
fn migration() -> Ticket {
    const ASKED: [&str; 10] = [
        "Next: please close Outlook and open it again. Which number does the bar at the bottom show?",
        "Good. Now *File → Account settings*: is the server called `mail2.example.com`?",
        "Then please export the folder **Archive** and tell me its size.",
        "Please try to send a mail to yourself, with a picture in it.",
        "Now the calendar: do the appointments of last week show?",
        "Could you look whether shared folders are there too?",
        "Please sign out, wait a minute, sign in.",
        "I have moved the next batch. Does the search find a mail from 2019?",
        "Please open the web mail once: https://mail.example.com/",
        "Which version does *Help → About* show?",
    ];
    const ANSWERED: [&str; 10] = [
        "Done. It says 4,812 of 20,331.",
        "Yes, it is.",
        "2.4 GB. That took a while!",
        "It arrived, picture and all.",
        "All but Thursday's.",
        "They are there, but grey.",
        "Done, no difference.",
        "It finds it.",
        "It opens, in English though.",
        "16.0.1, I think.",
    ];
    let mut acts = vec![writes(
        0,
        "You asked me to write here while my mailbox moves to the new server. I am ready.",
    )];
    for step in 0..29 {
        let minutes = 30 + step * 190;
        let (asked, answered) = (ASKED[index(step)], ANSWERED[index(step)]);
        acts.push(if step % 3 == 2 {
            (minutes, Act::Priya(asked))
        } else {
            john(minutes, asked)
        });
        acts.push(writes(minutes + 35, answered));
    }
    acts.push((
        5600,
        Act::Note("INTERNAL: batch 12 lost two mails, restored from backup."),
    ));
    acts.push(john(
        5610,
        "That was the last batch, Ada. Everything is on the new server now. Is anything missing?",
    ));
    Ticket {
        subject: "Moving my mailbox, step by step",
        minutes_ago: ago(4, 10),
        acts,
    }
}

fn index(step: i64) -> usize {
    usize::try_from(step % 10).unwrap_or(0)
}
