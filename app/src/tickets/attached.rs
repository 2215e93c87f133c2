//! Adding files to what is being written: a paper clip, a place to drop them, and a row for each that says where it is.

use leptos::html;
use leptos::prelude::*;

use super::attach::{Coming, Ready, Way};
use super::drafts::Written;
use super::model::FileKind;
use super::previews::picture;
use super::upload::{FileLimits, FileProblem, UploadId};
use crate::browser::navigation::href;
use crate::browser::{files, page};
use crate::error::{AppError, words};
use crate::language::spoken::say;
use crate::language::time;
use crate::paths;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::button::IconButton;
use crate::ui::icon::Icon;
use crate::ui::keyed::Keyed;
use crate::ui::reactive::{OrNothing, effect, when};

/// Id of the paper clip.
const CLIP: &str = "add-files";
/// Id of what is said of the limits.
pub const LIMITS: &str = "file-limits";

/// A file of what is being written.
#[derive(Clone, PartialEq)]
struct Row {
    name: String,
    size: u64,
    picture: Option<String>,
    /// Where it is; none when the server has it.
    way: Option<Way>,
}

impl Written {
    /// How much may be added.
    pub fn limits(&self) -> FileLimits {
        let limits = self.session.config.with_value(|config| config.files);
        match self.by_mail.get() {
            true => limits.by_mail(),
            false => limits,
        }
    }
}

/// How many files there may be and how large, in words.
pub fn limits_in_words(written: &Written) -> String {
    let limits = written.limits();
    let mib = |bytes: u64| u32::try_from(bytes >> 20).unwrap_or(u32::MAX).into();
    say(
        "file-limits",
        vec![
            ("files", limits.files.into()),
            ("each", mib(limits.bytes)),
            ("all", mib(limits.bytes_in_all)),
        ],
    )
}

/// What has files chosen: the browser's own field under a drawing of ours.
#[component]
pub fn AddFiles(
    /// To what.
    written: Written,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            written.add_files(files::all(input.files()));
            // The same file can be chosen again.
            input.set_value("");
        }
    };
    view! {
        <span class="add-files">
            <input
                id=CLIP
                type="file"
                multiple=true
                title=t!("file-add")
                aria-label=t!("file-add")
                aria-describedby=LIMITS
                node_ref=input
                on:change=choose
            />
            <Icon name="clip"/>
            <span class="add-files-words" aria-hidden="true">
                {t!("file-add")}
            </span>
        </span>
    }
    .into_any()
}

/// The files of what is being written, and where more can be dropped. What was to be sent is sent as soon as all of them are there.
#[component]
pub fn Attached(
    /// Whose.
    written: Written,
    /// Sends it.
    send: Callback<()>,
) -> impl IntoView {
    let announcer = Announcer::here();
    let held = RwSignal::new(false);
    let rows = Keyed::<Row>::default();
    let attaching = written.attaching.clone();
    let waiting = RwSignal::from(written.waiting.clone());

    {
        let (on_their_way, taker) = (attaching.clone(), written.clone());
        files::when_files_come(
            ".ticket",
            held,
            move || on_their_way.files.with_untracked(|all| !all.is_empty()),
            move |files| taker.add_files(files),
        );
    }
    let (draft, coming) = (written.draft.clone(), attaching.files.clone());
    effect(move || {
        let mut now = Vec::new();
        draft.with(|draft| {
            for file in &draft.files {
                let is_picture = file.kind == FileKind::Image;
                let elsewhere = || is_picture.then(|| href(&paths::upload(&file.id)));
                let row = Row {
                    name: file.name.clone(),
                    size: file.size,
                    picture: picture(&file.id).or_else(elsewhere),
                    way: None,
                };
                now.push((file.id.to_string(), row));
            }
        });
        coming.with(|coming| {
            for file in coming {
                let row = Row {
                    name: file.name.clone(),
                    size: file.size,
                    picture: picture(&file.id),
                    way: Some(file.way.clone()),
                };
                now.push((file.id.to_string(), row));
            }
        });
        tell(announcer, rows, &now);
        rows.set(now);
    });
    effect(move || {
        if !waiting.get() {
            return;
        }
        match attaching.ready() {
            Ready::Yes => {
                waiting.set(false);
                send.run(());
            }
            Ready::NotYet => {}
            Ready::No => waiting.set(false),
        }
    });
    // Whether trying again may help the files that keep it from being sent.
    let stuck = {
        let attaching = written.attaching.clone();
        let may_go = |file: &Coming| matches!(&file.way, Way::Failed(why) if !is_final(why));
        Memo::new(move |_| {
            let may_go = || attaching.files.with(|files| files.iter().any(may_go));
            (attaching.ready() == Ready::No).then(may_go)
        })
    };
    let limited = written.clone();
    let list = NodeRef::<html::Ul>::new();
    let place = move || list.get().map(|list| (**list).clone());
    rows.show_in(place, move |id, row| row_view(&written, id, row));
    view! {
        <div class="drop" data-state=move || held.get().then_some("held")>
            <Icon name="clip"/>
            <p>{t!("file-drop")}</p>
            <p class="drop-limits">{move || limits_in_words(&limited)}</p>
        </div>
        <ul class="attached" aria-label=t!("file-list") node_ref=list></ul>
        <p class="attached-note" role="status">
            {move || when(waiting.get(), || t!("files-wait").into_any())}
            {move || when(stuck.get() == Some(true), || t!("files-stuck").into_any())}
            {move || when(stuck.get() == Some(false), || t!("files-refused").into_any())}
        </p>
    }
    .into_any()
}

/// Has it read out when a file has come, or has not.
fn tell(announcer: Announcer, before: Keyed<Row>, now: &[(String, Row)]) {
    for (id, row) in now {
        let was = before.item_now(id).map(|row| row.get_untracked().way);
        let name = vec![("name", row.name.clone().into())];
        match (&row.way, was) {
            (None, Some(Some(_))) => announcer.say(say("file-there", name)),
            (Some(Way::Failed(why)), was) if was != Some(row.way.clone()) => {
                let colon = say("colon", vec![]);
                announcer.say(format!("{}{colon}{}", row.name, fault(why)));
            }
            _ => {}
        }
    }
}

/// As it is, the file never can be sent.
fn is_final(why: &AppError) -> bool {
    matches!(
        why,
        AppError::File(FileProblem::TooLarge { .. } | FileProblem::Empty | FileProblem::Program)
    )
}

fn fault(why: &AppError) -> String {
    match why {
        AppError::Offline | AppError::SignedOut => say("file-offline", vec![]),
        // Nothing that the server would say of a file that is sent to it.
        AppError::NotFound => say("file-unreadable", vec![]),
        why => words::error(why),
    }
}

fn row_view(written: &Written, id: &str, row: ArcRwSignal<Row>) -> AnyView {
    let first = row.get_untracked();
    let row = RwSignal::from(row);
    let Some(id) = UploadId::parse(id) else {
        return ().into_any();
    };
    let state = Memo::new(move |_| {
        row.with(|row| match &row.way {
            None => None,
            Some(Way::Waits | Way::Goes(_)) => Some("sending"),
            Some(Way::Failed(why)) if is_final(why) => Some("refused"),
            Some(Way::Failed(_)) => Some("failed"),
        })
    });
    let percent = move || {
        row.with(|row| {
            if let Some(Way::Goes(percent)) = row.way {
                percent
            } else {
                0
            }
        })
    };
    let why = move || {
        row.with(|row| {
            if let Some(Way::Failed(why)) = &row.way {
                fault(why)
            } else {
                String::new()
            }
        })
    };
    let (again, gone) = ((written.clone(), id.clone()), (written.clone(), id));
    let again = Callback::new(move |()| again.0.retry_file(&again.1));
    let remove = Callback::new(move |()| {
        page::focus_on(CLIP);
        gone.0.remove_file(&gone.1);
    });
    let name = first.name.clone();
    let (size, named) = (first.size, first.name.clone());
    let (again_name, gone_name) = (named.clone(), named);
    let retry_words = t!("file-again", name = again_name.clone());
    let remove_words = t!("file-remove", name = gone_name.clone());
    let hidden = RwSignal::new(first.picture.is_none());
    let thumb = first.picture.map(|address| {
        view! { <img src=address alt="" hidden=hidden on:error=move |_| hidden.set(true)/> }
            .into_any()
    });
    view! {
        <li data-state=state>
            {thumb.or_nothing()}
            {move || when(hidden.get(), || view! { <Icon name="file"/> }.into_any())}
            <div class="attached-words">
                <p>
                    <bdi class="file-name">{name.clone()}</bdi>
                    <span class="file-size">{move || time::size(size)}</span>
                </p>
                <progress
                    max="100"
                    value=percent
                    aria-label=name
                    hidden=move || state.get() != Some("sending")
                ></progress>
                <p class="attached-fault">{why}</p>
            </div>
            <span hidden=move || state.get() != Some("failed")>
                <IconButton icon="again" label=retry_words on_press=again/>
            </span>
            <IconButton icon="close" label=remove_words on_press=remove/>
        </li>
    }
    .into_any()
}
