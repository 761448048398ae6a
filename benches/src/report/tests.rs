//! The summary of made-up samples.

use super::*;
use crate::machine::Machine;
use paintdry_contenders::contender::Part;
use std::collections::BTreeMap;
use std::time::Duration;

fn entrant(name: &str, kind: Kind, is_full: bool) -> Entrant {
    let leaves_out = if kind == Kind::Floor { vec![Part::Spawns] } else { Vec::new() };
    Entrant { name: name.to_owned(), kind, threads: 1, how: String::new(), is_full, leaves_out }
}

/// Fifteen rounds are the fewest that tell something apart; the machine is twice as slow in the second of three.
fn samples(times: [f64; 3]) -> Vec<Sample> {
    let slow = [1.0, 2.0, 1.0];
    let rounds =
        times.into_iter().zip(slow).map(|(ns, slow)| Sample { ns: ns * slow, passes: 1, late: None, cpu: None });
    rounds.cycle().take(15).collect()
}

fn report(outcomes: Vec<Result<Vec<Sample>, Fault>>) -> GroupReport {
    let entrants = vec![
        entrant("slow", Kind::Runtime, true),
        entrant("floor", Kind::Floor, false),
        entrant("fast", Kind::ByHand, true),
        entrant("gone", Kind::Python, false),
        entrant("cheat", Kind::Peer, true),
    ];
    let pair = |of: &str, to: &str| (of.to_owned(), to.to_owned());
    let head = Head {
        title: "Yields".to_owned(),
        what: "Two tasks yield.".to_owned(),
        per: "a yield".to_owned(),
        floor: "floor".to_owned(),
        entrants,
        ratios: vec![pair("slow", "fast"), pair("slow", "gone")],
    };
    GroupReport::new("yield-2", Measured { head, outcomes }, 1.5)
}

fn measured() -> GroupReport {
    report(vec![
        Ok(samples([40.0; 3])),
        Ok(samples([10.0; 3])),
        Ok(samples([20.0; 3])),
        Err(Fault::Absent("there is no python3".to_owned())),
        Err(Fault::Failed("5 yields instead of 6".to_owned())),
    ])
}

/// For the test of the chart.
pub(crate) fn two_rows() -> GroupReport {
    let mut group = measured();
    group.rows.truncate(2);
    group
}

#[test]
fn rows_stand_by_their_median_and_ratios_are_those_within_a_round() {
    let group = measured();
    let names: Vec<_> = group.rows.iter().map(|row| row.entrant.name.as_str()).collect();
    assert_eq!((names, group.rounds), (vec!["floor", "fast", "slow"], 15));
    assert_eq!(group.fastest_full.as_deref(), Some("fast"));
    let exactly = |ratio| Some(Estimate { median: ratio, interval: Some((ratio, ratio)) });
    assert_eq!(group.rows.iter().map(|row| row.to_floor).collect::<Vec<_>>(), [1.0, 2.0, 4.0].map(exactly));
    assert_eq!(group.rows.iter().map(|row| row.to_fastest_full).collect::<Vec<_>>(), [0.5, 1.0, 2.0].map(exactly));
    assert_eq!(group.pairs.len(), 1, "a pair is left out if one of it is missing");
    assert_eq!(Some(group.pairs[0].ratio), exactly(2.0));
}

#[test]
fn contenders_that_were_not_measured_are_listed_with_the_reason() {
    let listed: Vec<_> = measured().left_out.into_iter().map(|row| (row.name, row.is_refused, row.reason)).collect();
    let expected = [("gone", false, "there is no python3"), ("cheat", true, "5 yields instead of 6")];
    assert_eq!(listed, expected.map(|(name, is_refused, reason)| (name.to_owned(), is_refused, reason.to_owned())));
}

#[test]
fn a_difference_that_is_not_in_every_round_is_a_tie() {
    let group = report(vec![
        Ok(samples([40.0, 44.0, 42.0])),
        Ok(samples([41.0, 43.0, 41.0])),
        Ok(samples([80.0; 3])),
        Ok(Vec::new()),
        Ok(Vec::new()),
    ]);
    let is_tie = |of, to| group.ratio(of, to).map(|ratio| ratio.is_tie());
    assert_eq!(
        [is_tie("floor", "slow"), is_tie("slow", "fast"), is_tie("slow", "gone")],
        [Some(true), Some(false), None]
    );
}

/// For the test of the markdown as well.
pub(crate) fn whole_report() -> Report {
    let machine = Machine {
        cpu: "a processor".to_owned(),
        cores: 2,
        governor: Some("performance".to_owned()),
        load: Some(0.25),
        os: "linux x86_64".to_owned(),
        rustc: "1.95.0".to_owned(),
        is_optimised: true,
        versions: BTreeMap::from([("tokio".to_owned(), "1.54.1".to_owned())]),
    };
    let sampling = Sampling {
        rounds: 15,
        budget: Duration::ZERO,
        fewest: 1,
        sample: Duration::ZERO,
        seed: 9,
        twin: false,
        quick: false,
    };
    let mut report = Report::new(machine, &sampling, None);
    report.groups.push(measured());
    report
}

/// A report that was saved before there were such figures has none, and still can be read.
#[test]
fn what_both_sides_cost_is_a_median_with_an_interval() {
    let cpu = Some(CpuTime { server: 12.0, client: 3.0 });
    let samples: Vec<_> = samples([20.0; 3]).into_iter().map(|sample| Sample { cpu, ..sample }).collect();
    let row = Row::new(&entrant("server", Kind::ByHand, true), &samples).expect("it has samples");
    let exactly = |ns| Some(Estimate { median: ns, interval: Some((ns, ns)) });
    assert_eq!((row.server_cpu, row.client_cpu, row.late_99), (exactly(12.0), exactly(3.0), None));
    let mut json = serde_json::to_value(&row).expect("plain data");
    let fields = json.as_object_mut().expect("an object");
    assert!(["server_cpu", "client_cpu", "late_99"].iter().all(|field| fields.remove(*field).is_some()));
    let older: Row = serde_json::from_value(json).expect("the fields may be missing");
    assert_eq!((older.server_cpu, older.ns), (None, row.ns));
}

#[test]
fn the_json_parses_back() {
    let report = whole_report();
    let json = serde_json::to_string_pretty(&report).expect("it is plain data");
    assert_eq!(serde_json::from_str::<Report>(&json).expect("it is our own"), report);
}
