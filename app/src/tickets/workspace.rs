//! The list with what is open beside it; on a phone one of the two, as the address says.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::cache::{Tickets, Wanted};
use super::find::Find;
use crate::part::Part;
use crate::part::load::Shows;
use crate::screen::Screen;
use crate::t;
use crate::ui::empty::Empty;
use crate::ui::reactive::effect;

/// Both panes.
#[component]
pub fn Workspace(
    /// Where the customer is.
    screen: Memo<Screen>,
) -> impl IntoView {
    let tickets = Tickets::here();
    let query = use_query_map();
    effect(move || tickets.look_for(query.with(|query| Find::read(|name| query.get(name)))));
    if tickets.facts.with_untracked(Option::is_none) {
        tickets.refresh_list(Wanted::ByHand);
    }
    view! {
        <div class="workspace">
            <div class="panes">
                {Part::List.view(Shows::List(screen))}
                <div class="detail" data-open=move || screen.with(|screen| (*screen != Screen::Tickets).then_some(""))>
                    {move || match screen.get() {
                        Screen::Ticket(_) => Part::Thread.view(Shows::Screen(screen)),
                        Screen::NewTicket => Part::Desk.view(Shows::Screen(screen)),
                        _ => {
                            view! {
                                <Empty icon="ticket" title=t!("choose-title") text=t!("choose-text")/>
                            }
                                .into_any()
                        }
                    }}
                </div>
            </div>
        </div>
    }
    .into_any()
}
