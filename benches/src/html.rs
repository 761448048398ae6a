//! The report as one page of HTML that needs no other file: your figures by question, beside those of the repository.

use crate::chart;
use crate::estimate::Estimate;
use crate::findings::{FINDINGS, Verdict};
use crate::markdown::{factor, interval, time, with_interval};
use crate::questions;
use crate::report::{GroupReport, Report, Row};
use std::fmt::Write;

const STYLE: &str = "\
:root { color-scheme: light dark } body { font: 16px/1.5 sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem }
table { border-collapse: collapse } td, th { padding: .2rem .7rem .2rem 0; text-align: left; vertical-align: top }
td.figure, th.figure { text-align: right; white-space: nowrap } tr { border-top: 1px solid #8884 }
.scroll { overflow-x: auto } .quiet { opacity: .75 } figure { margin: 0 } figure svg { max-width: 100%; height: auto }
.warning { border: 2px solid #c00; padding: .5rem 1rem } h2 { margin-top: 3rem } h3 { margin-top: 2rem }";

/// The page of `report`. `saved` is what the repository has of its own machine.
pub(crate) fn page(report: &Report, saved: Option<&Report>) -> String {
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>Runtimes compared on this machine</title>\n<style>\n{STYLE}\n</style>\n<h1>Runtimes compared on this machine</h1>\n\
         <p>Measured on {}.</p>\n",
        escaped(&report.machine.to_string())
    );
    if !report.machine.is_optimised {
        text.push_str("<p class=\"warning\">Built without optimisation: the figures mean nothing.</p>\n");
    }
    if report.machine.load.is_some_and(|load| load > 0.5) {
        text.push_str(
            "<p class=\"warning\">Other programs were running when the comparison began. Expect more ties.</p>\n",
        );
    }
    findings(&mut text, report, saved);
    text.push_str("<h2>Contents</h2>\n<ul>\n");
    for (question, groups) in questions::answered(report) {
        let link = |group: &&GroupReport| format!("<a href=\"#{}\">{}</a>", group.id, escaped(&group.head.title));
        let links: Vec<_> = groups.iter().map(link).collect();
        let _ = writeln!(text, "<li>{question}: {}</li>", links.join("; "));
    }
    let _ = writeln!(text, "</ul>\n<p class=\"quiet\">{}</p>", escaped(&report.method.join(" ")));
    for (question, groups) in questions::answered(report) {
        let _ = writeln!(text, "<h2>{question}</h2>");
        for group in groups {
            write_group(&mut text, group, saved.and_then(|saved| saved.group(&group.id)));
        }
    }
    let versions = report.machine.versions.iter().map(|(name, version)| format!("{name} {version}"));
    let _ = writeln!(text, "<h2>Versions</h2>\n<p>{}.</p>\n</html>", escaped(&versions.collect::<Vec<_>>().join(", ")));
    text
}

/// What this run says of each finding of the repository's page.
fn findings(text: &mut String, report: &Report, saved: Option<&Report>) {
    text.push_str(
        "<h2>Findings</h2>\n<div class=\"scroll\"><table>\n<tr><th>the repository's page says<th>this run</tr>\n",
    );
    for finding in FINDINGS {
        let sentence = finding.sentence(saved.unwrap_or(report)).unwrap_or_else(|| finding.without_figures());
        let own = match finding.verdict(report) {
            Verdict::Unmeasured => Verdict::Unmeasured.label().to_owned(),
            verdict => {
                let ratio = report.group(finding.group).and_then(|group| group.ratio(finding.slower, finding.faster));
                let ratio = ratio.map(|ratio| format!("{} ({})", factor(ratio.median), interval(&ratio, factor)));
                format!("{}: {}", verdict.label(), ratio.unwrap_or_default())
            }
        };
        let _ = writeln!(text, "<tr><td>{}<td>{}</tr>", escaped(&sentence.replace("**", "")), escaped(&own));
    }
    text.push_str("</table></div>\n");
}

fn write_group(text: &mut String, group: &GroupReport, saved: Option<&GroupReport>) {
    let head = &group.head;
    let _ = writeln!(
        text,
        "<h3 id=\"{}\">{}</h3>\n<p>{} {} rounds.</p>\n<figure>{}</figure>\n<div class=\"scroll\"><table>",
        group.id,
        escaped(&head.title),
        escaped(&head.what.replace('`', "")),
        group.rounds,
        chart::svg(group)
    );
    let has_late = group.rows.iter().any(|row| row.late.is_some());
    let late = if has_late {
        "<th class=\"figure\">late: median<th class=\"figure\">99.9 %<th class=\"figure\">last"
    } else {
        ""
    };
    let has_cpu = group.rows.iter().any(|row| row.server_cpu.is_some());
    let cpu = if has_cpu { "<th class=\"figure\">server's processor time<th class=\"figure\">client's" } else { "" };
    let _ = writeln!(
        text,
        "<tr><th><th class=\"figure\">{}<th class=\"figure\">interval{late}{cpu}<th class=\"figure\">to the fastest\
         <th class=\"figure\">in the repository<th class=\"figure\">threads<th>how</tr>",
        escaped(&head.per)
    );
    for row in &group.rows {
        write_row(text, group, row, (has_late, has_cpu), saved);
    }
    text.push_str("</table></div>\n");
    for left_out in &group.left_out {
        let state = if left_out.is_refused { "refused" } else { "absent" };
        let _ = writeln!(
            text,
            "<p class=\"quiet\">{} is {state}: {}.</p>",
            escaped(&left_out.name),
            escaped(&left_out.reason)
        );
    }
}

fn write_row(text: &mut String, group: &GroupReport, row: &Row, has: (bool, bool), saved: Option<&GroupReport>) {
    let (has_late, has_cpu) = has;
    let to_fastest = |row: &Row, group: &GroupReport| match row.to_fastest_full {
        _ if group.fastest_full.as_ref() == Some(&row.entrant.name) => "fastest".to_owned(),
        Some(ratio) => format!("{}{} times", if ratio.is_tie() { "= " } else { "" }, factor(ratio.median)),
        None => String::new(),
    };
    let other = saved.and_then(|saved| Some(to_fastest(saved.row(&row.entrant.name)?, saved)));
    let mut cells = vec![time(row.ns.median), interval(&row.ns, time)];
    if has_late {
        let late = row.late.map(|late| [late.median, late.p999, late.worst].map(time));
        cells.extend(late.unwrap_or_default());
    }
    if has_cpu {
        let of_cpu = |cpu: Option<Estimate>| cpu.map(|cpu| with_interval(&cpu)).unwrap_or_default();
        cells.extend([row.server_cpu, row.client_cpu].map(of_cpu));
    }
    cells.extend([to_fastest(row, group), other.unwrap_or_default(), row.entrant.threads.to_string()]);
    let figures = cells.join("<td class=\"figure\">");
    let (name, how) = (escaped(&row.entrant.name), escaped(&row.entrant.how));
    let _ = writeln!(text, "<tr><td>{name}<td class=\"figure\">{figures}<td>{how}</tr>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::whole_report;

    #[test]
    fn the_page_has_the_figures_of_both_machines_and_needs_no_other_file() {
        let mut own = whole_report();
        own.groups[0].rows[0].entrant.how = "<script>".to_owned();
        own.groups[0].rows[1].server_cpu = Some(Estimate { median: 15.0, interval: Some((14.0, 16.0)) });
        let page = page(&own, Some(&whole_report()));
        for part in [
            "governor performance",
            "Tasks that take turns",
            "<td class=\"figure\">2.00 times<td class=\"figure\">2.00 times",
            "gone is absent: there is no python3.",
            "&lt;script&gt;",
            "<td class=\"figure\">15.0 ns (14.0 to 16.0)<td class=\"figure\">",
            "not measured",
        ] {
            assert!(page.contains(part), "{part} is missing in\n{page}");
        }
        assert!(
            !page.contains("src=") && !page.contains("http://") || page.matches("http://").count() == 1,
            "only the name of SVG"
        );
        assert!(!page.contains("<script"));
    }
}
