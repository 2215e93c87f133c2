//! Files of a message: pictures in place, sound and film to be played in place, everything named, sized and opened through the portal.

use leptos::prelude::*;

use super::model::{File, FileKind, TicketId};
use super::previews::picture;
use super::viewer::Viewer;
use crate::browser::navigation::href;
use crate::language::time;
use crate::part::Part;
use crate::part::press::Press;
use crate::paths;
use crate::t;
use crate::ui::button::for_readers;
use crate::ui::icon::Icon;

/// The files of a message.
#[component]
pub fn Files(
    /// Where they belong.
    ticket: TicketId,
    /// Which.
    files: Vec<File>,
) -> impl IntoView {
    let cards: Vec<AnyView> = files
        .into_iter()
        .map(|file| {
            let address = address(&ticket, &file);
            view! {
                <li>
                    <OneFile address file/>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="files">{cards}</ul> }.into_any()
}

/// Where a file is shown: the portal's own name of it, until the help desk has it.
pub fn address(ticket: &TicketId, file: &File) -> String {
    href(&match &file.upload {
        Some(upload) => paths::upload(upload),
        None => paths::file(ticket, file.id),
    })
}

#[component]
fn OneFile(address: String, file: File) -> impl IntoView {
    let viewer = Viewer::here();
    let press = Press::for_part(Part::Desk);
    let broken = RwSignal::new(false);
    move || {
        if broken.get() {
            return card(&address, &file, false);
        }
        let fail = move |_| broken.set(true);
        let shown = address.clone();
        let chosen = file.upload.as_ref().and_then(picture);
        match file.kind {
            FileKind::Image => view! {
                <button
                    class="picture"
                    type="button"
                    aria-haspopup="dialog"
                    aria-busy=move || press.waits().get().then_some("true")
                    title=file.name.clone()
                    on:click=move |_| {
                        let shown = shown.clone();
                        press.act(move || viewer.show(shown));
                    }
                >
                    <img
                        src=chosen.unwrap_or_else(|| address.clone())
                        alt=file.name.clone()
                        loading="lazy"
                        decoding="async"
                        on:error=fail
                    />
                </button>
            }
            .into_any(),
            FileKind::Audio => view! {
                <div class="media">
                    <audio controls=true preload="none" src=address.clone() aria-label=file.name.clone() on:error=fail></audio>
                    {card(&address, &file, false)}
                </div>
            }
            .into_any(),
            FileKind::Video => view! {
                <div class="media">
                    <video controls=true playsinline=true preload="none" src=address.clone() aria-label=file.name.clone() on:error=fail></video>
                    {card(&address, &file, false)}
                </div>
            }
            .into_any(),
            // Browsers show it themselves, but not in a sandbox of ours: it gets a tab.
            FileKind::Pdf => card(&address, &file, true),
            FileKind::Other => card(&address, &file, false),
        }
    }
}

/// Its name as a link: to a tab that shows it, or to save it.
fn card(address: &str, file: &File, in_tab: bool) -> AnyView {
    let icon = match file.kind {
        FileKind::Image => "image",
        FileKind::Pdf | FileKind::Other => "file",
        FileKind::Audio => "audio",
        FileKind::Video => "video",
    };
    let size = file.size;
    view! {
        <a
            class="file"
            href=match in_tab {
                true => address.to_owned(),
                false => format!("{address}?download"),
            }
            target=in_tab.then_some("_blank")
            rel="noopener external"
            download=(!in_tab).then(|| file.name.clone())
        >
            <Icon name=icon/>
            <bdi class="file-name">{file.name.clone()}</bdi>
            <span class="file-size">{move || time::size(size)}</span>
            {for_readers(in_tab, t!("new-tab"))}
        </a>
    }
    .into_any()
}
