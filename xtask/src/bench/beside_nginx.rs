//! What a read costs the portal in processor time next to what passing its answer on costs nginx: the same requests, in the same
//! moments, on the same machine.

use std::fs;
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

/// Reads a list that the page has already, and one that comes from the store, through an nginx of its own. Nothing where there is none.
/// The visitor is signed in and has tickets.
pub(super) fn figures(portal: &Portal, visitor: &Visitor) -> Outcome<Vec<Figure>> {
    let mut where_is = Command::new("sh");
    where_is.args(["-c", "command -v nginx"]);
    let Some(program) = run::answer(where_is) else {
        say("nginx is not there (Debian: nginx): what it takes to pass a list on is left out");
        return Ok(Vec::new());
    };
    let port = free_port()?;
    let nginx = start(&program, port, portal.port())?;
    let mut visitor = visitor.through(port);
    let unchanged = same(&mut visitor)?;
    let (mut cached, mut stored) = ([0.0; 2], [0.0; 2]);
    for _ in 0..TURNS {
        for (asked, spent) in [(&unchanged[..], &mut cached), (LIST, &mut stored)] {
            let before = times(portal, &nginx);
            for _ in 0..IN_A_ROW {
                visitor.call_only("tickets/list", asked)?;
            }
            let after = times(portal, &nginx);
            spent[0] += after[0] - before[0];
            spent[1] += after[1] - before[1];
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "three thousand")]
    let each = |micros: f64| micros / (IN_A_ROW * TURNS) as f64;
    let told = |name, value, unit, goal| Figure::new(name, value, unit, goal);
    Ok(vec![
        told("cpu_cached_list", each(cached[0]), "µs", Goal::None),
        told("cpu_nginx_passing_it", each(cached[1]), "µs", Goal::None),
        told(
            "cpu_cached_list_to_nginx",
            cached[0] / cached[1],
            "ratio",
            Goal::AtMost(0.6),
        ),
        told("cpu_list_from_store", each(stored[0]), "µs", Goal::None),
        told("cpu_nginx_passing_that", each(stored[1]), "µs", Goal::None),
        told(
            "cpu_list_from_store_to_nginx",
            stored[0] / stored[1],
            "ratio",
            Goal::AtMost(2.5),
        ),
    ])
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

/// Processor time of both so far.
fn times(portal: &Portal, nginx: &Process) -> [f64; 2] {
    [&portal.process, nginx].map(|it| it.processor_time().unwrap_or(f64::NAN))
}

/// One process, which keeps its connections, with nothing but the passing on.
fn start(program: &str, port: u16, to: u16) -> Outcome<Process> {
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
         upstream portal {{ server 127.0.0.1:{to}; keepalive 8; keepalive_requests 1000000; }}\n\
         server {{ listen 127.0.0.1:{port}; location / {{\n\
         proxy_pass http://portal; proxy_http_version 1.1; proxy_set_header Connection \"\";\n\
         proxy_set_header Host localhost:{to}; proxy_buffers 16 32k; proxy_buffer_size 32k;\n\
         }} }} }}\n"
    );
    fs::write(&file, config).during(format!("writing {}", file.display()))?;
    let mut nginx = Command::new(program);
    nginx.arg("-p").arg(&folder).arg("-c").arg(&file);
    nginx.arg("-e").arg("stderr");
    Process::start(nginx, &folder, port, "/healthz")
}
