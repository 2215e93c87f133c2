//! What a read costs the portal in processor time next to what passing its answer on costs nginx: the same requests, in the same
//! moments, on the same machine.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use super::portal::{Portal, Visitor, folder};
use super::process::{Process, free_port};
use super::serving::LIST;
use super::{Figure, Goal};
use crate::problem::{During, Outcome};
use crate::run::{self, say};

/// Requests of a kind in a row, and how often both have their turn: the system counts processor time in hundredths of a second.
const IN_A_ROW: usize = 500;
const TURNS: usize = 6;

/// Reads a list that the page has already, and one that comes from the store, through an nginx of its own; and the first one again from a
/// hyper that has it ready, which is the least that any program of this kind can take. Nothing where there is no nginx. The visitor is
/// signed in and has tickets.
pub(super) fn figures(
    program: &Path,
    portal: &Portal,
    visitor: &mut Visitor,
) -> Outcome<Vec<Figure>> {
    let mut where_is = Command::new("sh");
    where_is.args(["-c", "command -v nginx"]);
    let Some(nginx) = run::answer(where_is) else {
        say("nginx is not there (Debian: nginx): what it takes to pass a list on is left out");
        return Ok(Vec::new());
    };
    let unchanged = same(visitor)?;
    let (bare, bare_port) = start_bare(program, visitor, &unchanged)?;
    let ports = [free_port()?, free_port()?];
    let nginx = start(&nginx, ports, [portal.port(), bare_port])?;
    let [mut visitor, mut visitor_of_bare] = ports.map(|port| visitor.through(port));
    let (mut cached, mut stored, mut least) = ([0.0; 2], [0.0; 2], [0.0; 2]);
    for _ in 0..TURNS {
        for (asked, spent) in [(&unchanged[..], &mut cached), (LIST, &mut stored)] {
            count([&portal.process, &nginx], spent, || {
                visitor.call_only("tickets/list", asked)
            })?;
        }
        count([&bare, &nginx], &mut least, || {
            visitor_of_bare.call_only("tickets/list", &unchanged)
        })?;
    }
    #[expect(clippy::cast_precision_loss, reason = "three thousand")]
    let each = |micros: f64| micros / (IN_A_ROW * TURNS) as f64;
    let of = |name: &str, spent: [f64; 2], goal| {
        let micros = Figure::new(&format!("cpu_{name}"), each(spent[0]), "µs", Goal::None);
        let passing = format!("cpu_nginx_passing_{name}");
        let passing = Figure::new(&passing, each(spent[1]), "µs", Goal::None);
        let ratio = format!("cpu_{name}_to_nginx");
        [
            micros,
            passing,
            Figure::new(&ratio, spent[0] / spent[1], "ratio", goal),
        ]
    };
    let all = [
        of("cached_list", cached, Goal::AtMost(0.6)),
        of("list_from_store", stored, Goal::AtMost(2.5)),
        of("bare_hyper", least, Goal::None),
    ];
    Ok(all.into_iter().flatten().collect())
}

/// Processor time of both for some requests in a row.
fn count(
    processes: [&Process; 2],
    spent: &mut [f64; 2],
    mut request: impl FnMut() -> Outcome,
) -> Outcome {
    let times = || processes.map(|it| it.processor_time().unwrap_or(f64::NAN));
    let before = times();
    for _ in 0..IN_A_ROW {
        request()?;
    }
    let after = times();
    for (spent, (after, before)) in spent.iter_mut().zip(after.into_iter().zip(before)) {
        *spent += after - before;
    }
    Ok(())
}

/// Starts the hyper that answers what the portal answers now.
fn start_bare(program: &Path, visitor: &mut Visitor, asked: &[u8]) -> Outcome<(Process, u16)> {
    let folder = folder().join("bare");
    fs::create_dir_all(&folder).during(format!("making {}", folder.display()))?;
    let answer = visitor.answer("tickets/list", asked)?;
    let text = [answer.head().as_bytes(), b"\n", &answer.body].concat();
    let file = folder.join("answer");
    fs::write(&file, text).during(format!("writing {}", file.display()))?;
    let port = free_port()?;
    let mut bare = Command::new(program);
    bare.args(["measure", "--bare", &port.to_string()])
        .arg(&folder);
    Ok((Process::start(bare, &folder, port, "/")?, port))
}

/// The arguments of somebody who has the list as it is.
fn same(visitor: &mut Visitor) -> Outcome<Vec<u8>> {
    let list = visitor.call("tickets/list", &json!({ "after": null, "known": null }))?;
    let asked = json!({ "after": null, "known": list["changed"]["version"] });
    let again = visitor.call("tickets/list", &asked)?;
    if again != "unchanged" {
        say(&format!(
            "a list that is there already was answered with {again}"
        ));
    }
    serde_json::to_vec(&asked).during("writing a request")
}

/// One process, which keeps its connections, with nothing but the passing on.
fn start(program: &str, ports: [u16; 2], to: [u16; 2]) -> Outcome<Process> {
    let folder = folder().join("nginx");
    fs::create_dir_all(&folder).during(format!("making {}", folder.display()))?;
    let file = folder.join("nginx.conf");
    let here = folder.display();
    let config = format!(
        "daemon off; master_process off; pid {here}/pid; error_log stderr;\n\
         events {{ worker_connections 256; }}\n\
         http {{\n\
         access_log off; client_body_temp_path {here}/body; proxy_temp_path {here}/proxy;\n\
         fastcgi_temp_path {here}/f; uwsgi_temp_path {here}/u; scgi_temp_path {here}/s;\n\
         keepalive_requests 1000000;\n\
         {} {}\n\
         }}\n",
        passing(ports[0], to[0]),
        passing(ports[1], to[1]),
    );
    fs::write(&file, config).during(format!("writing {}", file.display()))?;
    let mut nginx = Command::new(program);
    nginx.arg("-p").arg(&folder).arg("-c").arg(&file);
    nginx.arg("-e").arg("stderr");
    Process::start(nginx, &folder, ports[0], "/healthz")
}

/// A port whose requests go to another.
fn passing(port: u16, to: u16) -> String {
    format!(
        "upstream to_{to} {{ server 127.0.0.1:{to}; keepalive 8; keepalive_requests 1000000; }}\n\
         server {{ listen 127.0.0.1:{port}; location / {{\n\
         proxy_pass http://to_{to}; proxy_http_version 1.1; proxy_set_header Connection \"\";\n\
         proxy_set_header Host localhost:{to}; proxy_buffers 16 32k; proxy_buffer_size 32k;\n\
         }} }}"
    )
}
