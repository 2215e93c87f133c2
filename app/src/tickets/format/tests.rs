//! Texts with what is selected between ⟨ and ⟩, before and after.

use super::*;

fn marked(text: &str) -> (Vec<u16>, (usize, usize)) {
    let before = |sign| {
        let head = text.split(sign).next().unwrap_or_default();
        head.replace('⟨', "").encode_utf16().count()
    };
    let bare = text.replace(['⟨', '⟩'], "");
    (units(&bare), (before('⟨'), before('⟩')))
}

fn after(kind: Format, before: &str) -> String {
    let (mut text, selected) = marked(before);
    let edit = format(kind, &text, selected);
    text.splice(edit.from..edit.to, edit.by);
    let (from, to) = edit.selected;
    let words = |from, to| String::from_utf16(part(&text, from, to)).unwrap();
    format!(
        "{}⟨{}⟩{}",
        words(0, from),
        words(from, to),
        words(to, text.len())
    )
}

#[test]
fn what_is_selected_gets_its_marks_and_loses_them_again() {
    for (kind, before, with) in [
        (Format::Bold, "It is ⟨urgent⟩ now", "It is **⟨urgent⟩** now"),
        (Format::Italic, "It is ⟨urgent⟩ now", "It is *⟨urgent⟩* now"),
        (Format::Code, "Type ⟨ls -l⟩ now", "Type `⟨ls -l⟩` now"),
        (Format::Bold, "😀 ⟨größer 😀⟩", "😀 **⟨größer 😀⟩**"),
        (Format::Bold, "⟨⟩", "**⟨⟩**"),
        (Format::Italic, "**⟨both⟩**", "***⟨both⟩***"),
        (Format::List, "⟨one\ntwo⟩", "⟨- one\n- two⟩"),
        (Format::List, "a\n⟨one\n\ntwo⟩\nb", "a\n⟨- one\n\n- two⟩\nb"),
    ] {
        assert_eq!(after(kind, before), with, "{kind:?}");
        assert_eq!(after(kind, with), before, "{kind:?} again");
    }
}

#[test]
fn marks_stand_at_the_words_and_not_at_the_blanks_around_them() {
    assert_eq!(
        after(Format::Bold, "It is⟨ urgent ⟩now"),
        "It is **⟨urgent⟩** now"
    );
    assert_eq!(
        after(Format::Bold, "⟨one\n\n  two ⟩"),
        "**⟨one**\n\n  **two⟩** "
    );
    assert_eq!(after(Format::Bold, "***⟨both⟩***"), "*⟨both⟩*");
}

#[test]
fn a_line_becomes_an_item_wherever_in_it_one_is() {
    assert_eq!(after(Format::List, "on⟨⟩e\ntwo"), "- one⟨⟩\ntwo");
    assert_eq!(after(Format::List, "⟨⟩"), "- ⟨⟩");
    assert_eq!(after(Format::List, "- ⟨one\ntwo⟩"), "⟨- one\n- two⟩");
}

#[test]
fn of_a_link_what_is_missing_is_typed_next() {
    assert_eq!(after(Format::Link, "see ⟨here⟩"), "see [here](⟨https://⟩)");
    assert_eq!(after(Format::Link, "see ⟨⟩"), "see [⟨⟩](https://)");
    let address = "see ⟨https://example.com/a⟩";
    assert_eq!(
        after(Format::Link, address),
        "see [⟨⟩](https://example.com/a)"
    );
}

#[test]
fn several_lines_of_code_are_a_block() {
    assert_eq!(after(Format::Code, "so:\n⟨a\nb⟩"), "so:\n```\n⟨a\nb⟩\n```");
    assert_eq!(after(Format::Code, "so: ⟨a\nb⟩"), "so: \n```\n⟨a\nb⟩\n```");
}
