//! The pictures of a ticket, one at a time over everything else: by keyboard, wheel, double click and finger. What is larger than its place is
//! scrolled, so that browsers' own ways of moving about work.

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use leptos::html;
use leptos::prelude::*;
use web_sys::{Element, HtmlImageElement};

use self::swipe::Swipe;
use super::cache::{Opened, Tickets};
use super::model::TicketId;
use super::pending::with_pending;
use super::pictures::{Picture, pictures};
use crate::browser::page;
use crate::language::spoken::say;
use crate::t;
use crate::ui::button::IconButton;
use crate::ui::dialog::Dialog;
use crate::ui::icon::Icon;
use crate::ui::reactive::when;

mod swipe;

/// Larger or smaller by this with each press.
const STEP: f64 = 1.5;
/// A double click makes it so many times as large.
const LEAP: f64 = 2.5;
/// No more than so many times as large as it fits.
const LARGEST: f64 = 10.0;
/// Pixels that an arrow moves a picture that is larger than its place.
const NUDGE: f64 = 80.0;

/// Which picture is shown, by its address. One per ticket.
#[derive(Clone, Copy)]
pub struct Viewer(RwSignal<Option<String>>);

impl Viewer {
    /// One that shows nothing.
    pub fn begin() -> Self {
        let viewer = Self(RwSignal::new(None));
        provide_context(viewer);
        viewer
    }

    /// The ticket's viewer.
    pub fn here() -> Self {
        expect_context()
    }

    /// Shows a picture.
    pub fn show(self, address: String) {
        self.0.set(Some(address));
    }
}

/// The dialog; open while there is a picture to show.
#[component]
pub fn PictureViewer(
    /// Whose pictures.
    ticket: TicketId,
    /// What is known of it.
    opened: Opened,
    /// Which is shown.
    viewer: Viewer,
) -> impl IntoView {
    let shown = viewer.0;
    let view = RwSignal::from(opened.view);
    let pending = Tickets::here().outbox.pending;
    let all = Memo::new(move |_| {
        if shown.with(Option::is_none) {
            return Vec::new();
        }
        view.with(|view| {
            let entries = view.as_ref().map_or(&[][..], |view| &view.entries);
            let thread = pending.with(|pending| with_pending(entries, pending, &ticket));
            pictures(&ticket, &thread)
        })
    });
    let place = Memo::new(move |_| {
        let address = shown.get()?;
        all.with(|all| all.iter().position(|it| it.0 == address))
    });
    // One that was deleted meanwhile is shown to nobody.
    let open = Signal::derive(move || place.get().is_some());
    let close = Callback::new(move |()| shown.set(None));
    view! {
        <Dialog open=open on_dismiss=close labelled_by="viewer-heading">
            <Stage all=all place=place shown=shown/>
        </Dialog>
    }
    .into_any()
}

/// The picture in its place, and what can be done with it.
#[component]
fn Stage(
    all: Memo<Vec<Picture>>,
    place: Memo<Option<usize>>,
    shown: RwSignal<Option<String>>,
) -> impl IntoView {
    let stage = NodeRef::<html::Div>::new();
    let broken = RwSignal::new(false);
    let picture_of = Memo::new(move |_| {
        let at = place.get().unwrap_or(0);
        all.with(|all| all.get(at).cloned().unwrap_or_default())
    });
    let step = move |forward: bool| {
        let Some(at) = place.get_untracked() else {
            return;
        };
        all.with_untracked(|all| {
            let next = match forward {
                true => at + 1,
                false => at.wrapping_sub(1),
            };
            if let Some((address, _)) = all.get(next) {
                broken.set(false);
                shown.set(Some(address.clone()));
            }
        });
    };
    let scale = move |factor: f64, around: Option<(f64, f64)>| {
        if let Some(stage) = stage.get_untracked() {
            resize(&stage, factor, around);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        match key.as_str() {
            "+" | "=" => scale(STEP, None),
            "-" => scale(1.0 / STEP, None),
            "0" => scale(0.0, None),
            "ArrowLeft" => across(stage, -NUDGE, step),
            "ArrowRight" => across(stage, NUDGE, step),
            "ArrowUp" => down(stage, -NUDGE),
            "ArrowDown" => down(stage, NUDGE),
            _ => return,
        }
        event.prevent_default();
    };
    let on_wheel = move |event: WheelEvent| {
        event.prevent_default();
        // Lines or pixels.
        let unit = if event.delta_mode() == 0 { 0.002 } else { 0.06 };
        let factor = (1.0 - event.delta_y() * unit).clamp(0.7, 1.4);
        scale(factor, Some(point(&event)));
    };
    let is_large = move || picture(stage).is_some_and(|it| it.has_attribute("width"));
    let swipe = Swipe::none();
    let on_lift = move |event: PointerEvent| {
        if let Some(forward) = swipe.end(&event) {
            step(forward);
        }
    };
    let on_double = move |event: MouseEvent| {
        scale(if is_large() { 0.0 } else { LEAP }, Some(point(&event)));
    };
    // A finger scrolls by itself.
    let on_drag = move |event: PointerEvent| {
        if event.buttons() & 1 == 1
            && event.pointer_type() == "mouse"
            && let Some(stage) = stage.get_untracked()
        {
            let (x, y) = (event.movement_x(), event.movement_y());
            stage.scroll_by_with_x_and_y(f64::from(-x), f64::from(-y));
        }
    };
    let name = move || match picture_of.get().1 {
        name if name.is_empty() => say("viewer-unnamed", vec![]),
        name => name,
    };
    let address = move || picture_of.get().0;
    let save = move || format!("{}?download", address());
    let count = move || all.with(Vec::len);
    let is_first = Signal::derive(move || place.get() == Some(0));
    let is_last = Signal::derive(move || place.get().map(|at| at + 1) == Some(count()));
    view! {
        <div class="viewer" on:keydown=on_key>
            <header class="viewer-head">
                <h2 id="viewer-heading" aria-live="polite">
                    <bdi>{name}</bdi>
                    <span class="viewer-count">
                        {move || {
                            let (n, count) = (place.get().unwrap_or(0) + 1, count());
                            match count {
                                1 => String::new(),
                                _ => say("viewer-count", vec![("n", n.into()), ("count", count.into())]),
                            }
                        }}
                    </span>
                </h2>
                <IconButton icon="minus" label=t!("viewer-smaller") on_press=Callback::new(move |()| scale(1.0 / STEP, None))/>
                <IconButton icon="plus" label=t!("viewer-larger") on_press=Callback::new(move |()| scale(STEP, None))/>
                <a class="icon-button" href=save download=name rel="external" aria-label=t!("download") title=t!("download")>
                    <Icon name="download"/>
                </a>
                <IconButton icon="close" label=t!("close") on_press=Callback::new(move |()| shown.set(None))/>
            </header>
            <div
                class="viewer-stage"
                tabindex="0"
                role="group"
                aria-label=t!("viewer-keys")
                node_ref=stage
                on:wheel=on_wheel
                on:dblclick=on_double
                on:pointermove=on_drag
                on:pointerdown=move |event| swipe.begin(&event, !is_large())
                on:pointerup=on_lift
                on:pointercancel=move |_| swipe.forget()
                on:touchend=move |_| swipe.look()
                data-state=move || swipe.zoomed.get().then_some("zoomed")
            >
                {move || match broken.get() {
                    true => view! {
                        <p class="viewer-broken" role="alert">
                            {t!("viewer-broken")} " " <a href=save download=name rel="external">{t!("download")}</a>
                        </p>
                    }
                    .into_any(),
                    // Made anew for each: the one before is gone at once, with its size.
                    false => view! {
                        <img src=address() alt=name draggable="false" on:error=move |_| broken.set(true)/>
                    }
                    .into_any(),
                }}
            </div>
            {move || when(count() > 1, || view! {
                <div class="viewer-ways">
                    <IconButton icon="back" label=t!("viewer-previous") off=is_first on_press=Callback::new(move |()| step(false))/>
                    <IconButton icon="next" label=t!("viewer-next") off=is_last on_press=Callback::new(move |()| step(true))/>
                </div>
            }.into_any())}
        </div>
    }
    .into_any()
}

fn picture(stage: NodeRef<html::Div>) -> Option<Element> {
    stage.get_untracked()?.query_selector("img").ok()?
}

fn point(event: &MouseEvent) -> (f64, f64) {
    (event.client_x().into(), event.client_y().into())
}

/// An arrow moves a picture that is larger than its place, and else goes to the one before or after it.
fn across(stage: NodeRef<html::Div>, by: f64, step: impl Fn(bool)) {
    match stage.get_untracked() {
        Some(stage) if stage.scroll_width() > stage.client_width() => {
            stage.scroll_by_with_x_and_y(by, 0.0);
        }
        _ => step((by > 0.0) != page::runs_right_to_left()),
    }
}

fn down(stage: NodeRef<html::Div>, by: f64) {
    if let Some(stage) = stage.get_untracked() {
        stage.scroll_by_with_x_and_y(0.0, by);
    }
}

/// Makes the picture so many times as large as it is, with a point of it where it was; by 0 as large as it fits.
fn resize(stage: &Element, factor: f64, around: Option<(f64, f64)>) {
    use wasm_bindgen::JsCast;
    let Ok(Some(picture)) = stage.query_selector("img") else {
        return;
    };
    let picture: HtmlImageElement = picture.unchecked_into();
    let (wide, high) = (
        f64::from(picture.natural_width()),
        f64::from(picture.natural_height()),
    );
    let (before, room) = (
        picture.get_bounding_client_rect(),
        stage.get_bounding_client_rect(),
    );
    let fits = wide.min(room.width()).min(room.height() * wide / high);
    let width = (before.width() * factor).min(fits * LARGEST);
    // Without a picture yet nothing is a number.
    if width.is_nan() || width <= fits {
        _ = picture.remove_attribute("width");
        return;
    }
    let (x, y) = around.unwrap_or((
        room.x() + room.width() / 2.0,
        room.y() + room.height() / 2.0,
    ));
    let across = (x - before.x()) / before.width();
    let down = (y - before.y()) / before.height();
    picture.set_width(width as u32);
    let after = picture.get_bounding_client_rect();
    stage.scroll_by_with_x_and_y(
        after.x() + across * after.width() - x,
        after.y() + down * after.height() - y,
    );
}
