//! The marks of Markdown around what is selected: which text replaces which, and what is selected then. Places are counted as browsers
//! count them, in units of UTF-16.

/// A kind of formatting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `**strong**`
    Bold,
    /// `*emphasis*`
    Italic,
    /// Lines that begin with `- `.
    List,
    /// `[words](https://…)`
    Link,
    /// `` `code` ``, or a block of it.
    Code,
}

/// What is to be replaced, by what, and what is selected after it.
#[derive(Debug, PartialEq, Eq)]
pub struct Edit {
    /// From here.
    pub from: usize,
    /// Up to here.
    pub to: usize,
    /// By this.
    pub by: Vec<u16>,
    /// Then this is selected.
    pub selected: (usize, usize),
}

const STAR: u16 = b'*' as u16;
const TICK: u16 = b'`' as u16;
const LINE: u16 = b'\n' as u16;

/// Formats what is selected, or takes the marks off again.
pub fn format(format: Format, text: &[u16], (from, to): (usize, usize)) -> Edit {
    match format {
        Format::Bold => around(text, (from, to), STAR, 2),
        Format::Italic => around(text, (from, to), STAR, 1),
        Format::Code if part(text, from, to).contains(&LINE) => block(text, from, to),
        Format::Code => around(text, (from, to), TICK, 1),
        Format::List => list(text, from, to),
        Format::Link => link(text, from, to),
    }
}

fn part(text: &[u16], from: usize, to: usize) -> &[u16] {
    text.get(from..to).unwrap_or_default()
}

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

fn is_blank(unit: &u16) -> bool {
    matches!(*unit, 9 | 10 | 13 | 32 | 0xa0)
}

/// Marks hold only where they touch a word.
fn trimmed(text: &[u16], mut from: usize, mut to: usize) -> (usize, usize) {
    while from < to && text.get(from).is_some_and(is_blank) {
        from += 1;
    }
    while from < to && text.get(to - 1).is_some_and(is_blank) {
        to -= 1;
    }
    (from, to)
}

/// So many marks on both sides of each line that is selected; off again where they are. Strong and emphasised are three.
fn around(text: &[u16], (from, to): (usize, usize), mark: u16, times: usize) -> Edit {
    let (from, to) = trimmed(text, from, to);
    let run = |units: &mut dyn Iterator<Item = &u16>| units.take_while(|it| **it == mark).count();
    let before = run(&mut part(text, 0, from).iter().rev());
    let after = run(&mut part(text, to, text.len()).iter());
    let there = before.min(after);
    let on = if times == 1 {
        there % 2 == 1
    } else {
        there >= times
    };
    let inner = part(text, from, to);
    if on {
        return Edit {
            from: from - times,
            to: to + times,
            by: inner.to_vec(),
            selected: (from - times, to - times),
        };
    }
    let marks = vec![mark; times];
    let mut by = Vec::new();
    for (nth, line) in inner.split(|it| *it == LINE).enumerate() {
        if nth > 0 {
            by.push(LINE);
        }
        let (start, end) = trimmed(line, 0, line.len());
        if start == end && !inner.is_empty() {
            by.extend(line);
            continue;
        }
        by.extend(part(line, 0, start));
        by.extend(&marks);
        by.extend(part(line, start, end));
        by.extend(&marks);
        by.extend(part(line, end, line.len()));
    }
    let selected = (from + times, from + by.len() - times);
    Edit {
        from,
        to,
        by,
        selected,
    }
}

fn block(text: &[u16], from: usize, to: usize) -> Edit {
    let (from, to) = trimmed(text, from, to);
    // A block begins with a line of its own.
    let begins = from == 0 || text.get(from - 1) == Some(&LINE);
    let mut by = units(if begins { "```\n" } else { "\n```\n" });
    let start = from + by.len();
    by.extend(part(text, from, to));
    let selected = (start, start + to - from);
    let goes_on = text.get(to).is_some_and(|it| *it != LINE);
    by.extend(units(if goes_on { "\n```\n" } else { "\n```" }));
    Edit {
        from,
        to,
        by,
        selected,
    }
}

/// Each line that is touched becomes an item, or none any more if all are.
fn list(text: &[u16], from: usize, to: usize) -> Edit {
    let start = part(text, 0, from).iter().rposition(|it| *it == LINE);
    let start = start.map_or(0, |at| at + 1);
    let end = part(text, to, text.len()).iter().position(|it| *it == LINE);
    let end = end.map_or(text.len(), |at| to + at);
    let mark = units("- ");
    let touched = part(text, start, end);
    let lines: Vec<&[u16]> = touched.split(|it| *it == LINE).collect();
    let is_item = |line: &&[u16]| line.starts_with(&mark);
    let off = lines.iter().filter(|line| !line.is_empty()).all(is_item) && !touched.is_empty();
    let mut by = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        if nth > 0 {
            by.push(LINE);
        }
        if off {
            by.extend(line.strip_prefix(&mark[..]).unwrap_or(line));
        } else {
            if (!line.is_empty() || lines.len() == 1) && !is_item(line) {
                by.extend(&mark);
            }
            by.extend(*line);
        }
    }
    let last = start + by.len();
    // With nothing selected one goes on where one was.
    let first = if from == to { last } else { start };
    Edit {
        from: start,
        to: end,
        by,
        selected: (first, last),
    }
}

/// What is selected becomes a link's words, or its address if it looks like one; what is missing is typed next.
fn link(text: &[u16], from: usize, to: usize) -> Edit {
    let (from, to) = trimmed(text, from, to);
    let inner = part(text, from, to);
    let scheme = units("https://");
    let is_address = inner.starts_with(&scheme) || inner.starts_with(&units("http://"));
    let mut by = units("[");
    let selected;
    if is_address || inner.is_empty() {
        selected = (from + 1, from + 1);
        by.extend(units("]("));
        by.extend(if is_address { inner } else { &scheme });
    } else {
        by.extend(inner);
        by.extend(units("]("));
        selected = (from + by.len(), from + by.len() + scheme.len());
        by.extend(&scheme);
    }
    by.extend(units(")"));
    Edit {
        from,
        to,
        by,
        selected,
    }
}

#[cfg(test)]
mod tests;
