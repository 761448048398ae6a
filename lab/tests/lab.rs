//! The lab, through its requests: every program at the ends of its parameters, its goals, and its counts against the explorer's.

use paintdry_explore::programs::{self, two_locks};
use paintdry_explore::{CheckError, Ended, Explored, ExploredLoop, Explorer, Play, Then};
use paintdry_studio::Recording;
use serde_json::Value;

fn asked(request: &str) -> Value {
    serde_json::from_str(&paintdry_lab::answer(request)).expect("an answer is JSON")
}

/// The answer's only member, which must be the one that the request names.
#[track_caller]
fn answer(request: &str) -> Value {
    let kind = request.split(' ').next().expect("it has a first word");
    let answer = asked(request);
    answer.get(kind).unwrap_or_else(|| panic!("{request}: {answer}")).clone()
}

fn programs() -> Vec<Value> {
    answer("catalogue")["programs"].as_array().expect("a list").clone()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// The choices of a run or a schedule, as a request has them.
fn choices(answer: &Value) -> String {
    list(&answer["choices"]).iter().map(Value::to_string).collect::<Vec<_>>().join(".")
}

/// Each program with its defaults, with each parameter at each of its ends, and with all at one end.
fn at_all_ends(program: &Value) -> Vec<String> {
    let parameters = list(&program["parameters"]);
    let set = |parameter: &Value, end| format!(" {}={}", text(&parameter["name"]), parameter[end]);
    let all = |end| parameters.iter().map(|parameter| set(parameter, end)).collect::<String>();
    let one = |end| parameters.iter().map(move |parameter| set(parameter, end));
    [String::new(), all("min"), all("max")].into_iter().chain(one("min")).chain(one("max")).collect()
}

#[test]
fn the_catalogue_has_what_a_page_needs() {
    let programs = programs();
    assert_eq!(programs.len(), 10);
    for program in &programs {
        for member in ["name", "title", "about", "question", "file", "text"] {
            assert!(!text(&program[member]).is_empty(), "{member} of {program}");
        }
        let file = text(&program["file"]).strip_prefix("lab/").expect("it is in this folder");
        let source = std::fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).expect("it is there");
        assert_eq!(text(&program["text"]), source, "the reader sees what runs");
        assert!(source.lines().count() <= 60, "{file} is too long for a panel");
        assert!(!list(&program["goals"]).is_empty(), "{file} has nothing to reach");
        for parameter in list(&program["parameters"]) {
            let [min, max, default] = ["min", "max", "default"].map(|end| parameter[end].as_u64().expect("a number"));
            assert!(min < max && (min..=max).contains(&default), "{parameter}");
        }
    }
}

#[test]
fn a_request_that_makes_no_sense_is_answered_by_a_sentence() {
    let cases = [
        ("", "this is no request"),
        ("tea", "this is no request"),
        ("run program=tea", "no program is called 'tea'"),
        ("run program=paint tea=1", "no parameter is called tea"),
        ("run program=paint canvases=99", "canvases is 99; take a whole number from 1 to 13"),
        ("run program=paint canvases=-1", "canvases is -1; take a whole number"),
        ("run program=paint canvases", "canvases has no value; write canvases=1"),
        ("run program=paint choices=1.x", "a choice is x"),
        ("explore program=paint limit=0", "nothing can be explored in no steps"),
        ("explore program=paint choices=9", "choice 1 asks for a task that is not ready"),
        ("explore program=paint state=1~2", "the state is not that of an answer"),
    ];
    for (request, error) in cases {
        let answer = asked(request);
        assert!(answer["error"].as_str().is_some_and(|told| told.starts_with(error)), "{request}: {answer}");
    }
}

#[test]
fn every_program_runs_at_the_ends_of_its_parameters() {
    for program in programs() {
        for set in at_all_ends(&program) {
            let request = format!("run program={}{set}", text(&program["name"]));
            let whole = answer(&format!("{request} finish=1"));
            assert!(whole["ended"]["kind"] != "starved" && list(&whole["ready"]).is_empty(), "{request}");
            let recording = Recording::read(&whole["recording"].to_string()).expect("a recording as any other");
            assert_eq!(list(&whole["recording"]["runs"][0]["tasks"])[0], recording.runs[0].tasks[0]);

            let again = answer(&format!("{request} choices={}", choices(&whole)));
            assert_eq!(again, whole, "{request}: the choices repeat the run");
            let begun = answer(&request);
            if begun["ended"].is_null() {
                assert!(list(&begun["ready"]).len() > 1 && list(&begun["choices"]).is_empty(), "{request}: {begun}");
                let named = list(&begun["ready"]).iter().all(|ready| !text(&ready["name"]).starts_with("task "));
                assert!(named, "{request}: a task that is to be chosen has a name: {begun}");
            }
        }
    }
}

#[test]
fn choices_that_do_not_fit_are_left_out() {
    let run = answer("run program=two-locks choices=1.7.0");
    assert_eq!((choices(&run).as_str(), run["does_not_fit"].as_u64()), ("1", Some(2)));
    let run = answer(&format!("run program=two-locks choices={}", ["0"; 50].join(".")));
    let made = list(&run["choices"]).len() as u64;
    assert_eq!((run["ended"]["kind"].as_str(), run["does_not_fit"].as_u64()), (Some("passed"), Some(made + 1)));
}

/// The deadlock, choice by choice, as a reader reaches it.
#[test]
fn a_deadlock_shows_which_task_waits_for_what() {
    let run = answer("run program=two-locks looks=0 choices=0");
    assert_eq!(run["turn"], 3);
    assert_eq!(run["ready"][1]["name"], "ada");
    assert_eq!(run["ready"][1]["noted"][0], "takes red");
    assert_eq!((&run["holds"][0]["name"], &run["holds"][0]["what"]), (&"ada".into(), &"red".into()));
    let stuck = answer("run program=two-locks looks=0 choices=0.0.0");
    assert_eq!((stuck["ended"]["kind"].as_str(), &stuck["goals"][0]), (Some("stuck"), &"deadlock".into()));
    let waits: Vec<_> = list(&stuck["waits"]).iter().skip(1).collect();
    assert_eq!((text(&waits[0]["what"]), text(&waits[0]["held_by"])), ("blue", "bob"));
    assert_eq!((text(&waits[1]["what"]), text(&waits[1]["held_by"])), ("red", "ada"));
    assert_eq!(text(&stuck["waits"][0]["for"]), "tasks");
}

#[test]
fn a_task_that_waits_shows_for_which_kind_of_thing() {
    let kinds = |request: &str| -> Vec<String> {
        list(&answer(request)["waits"]).iter().map(|wait| text(&wait["for"]).to_owned()).collect()
    };
    let shortest = |program: &str| choices(&answer(&format!("explore program={program}"))["shortest_failing"]);
    assert_eq!(
        kinds(&format!("run program=lost-wakeup finish=1 choices={}", shortest("lost-wakeup"))),
        ["tasks", "bell"]
    );
    assert_eq!(kinds("run program=lost-waker finish=1"), ["tasks", "wake"]);
    assert!(kinds("run program=paint takes_turns=1 painting=0 choices=0").contains(&"timer".to_owned()));
    let waits = "run program=backpressure waits=1 choices=1.2.0";
    assert!(kinds(waits).contains(&"thing".to_owned()), "{:?}", answer(waits)["waits"]);
}

/// The same programs as the explorer's own, and so the same schedules.
#[test]
fn all_schedules_are_as_many_as_the_explorer_counts() {
    let all = Explorer::new().budget(1_000_000);
    let counts: [(&str, Result<Explored, CheckError>); 5] = [
        ("amap tasks=3 items=2", all.check(|_| programs::amap::amap::<ExploredLoop>(3, 2))),
        (
            "paint canvases=3 painting=0 drying=500 takes_turns=1",
            all.check(|_| programs::paint::paint::<ExploredLoop>(3, 2)),
        ),
        ("two-locks same_order=1", all.check(|_| two_locks::repaired::<ExploredLoop>())),
        ("lost-update fetches_first=1", all.check(|_| programs::lost_update::repaired::<ExploredLoop>())),
        ("lost-wakeup listens_first=1", all.check(|_| programs::lost_wakeup::repaired::<ExploredLoop>())),
    ];
    for (program, checked) in counts {
        let explored = checked.unwrap_or_else(|error| panic!("{program}: {error}"));
        let counted = answer(&format!("explore program={program} limit=1000000"));
        assert_eq!(counted["complete"], true, "{program}");
        assert_eq!(counted["schedules"], explored.schedules, "{program}");
        assert_eq!(counted["most_choices"], explored.choices, "{program}");
        assert_eq!((&counted["failing"], &counted["shortest_failing"]), (&0.into(), &Value::Null), "{program}");
    }
}

/// The explorer stops at the first failure, so its failing schedules are counted here, by hand.
#[test]
fn failing_schedules_are_as_many_as_there_are() {
    let (mut schedules, mut failing, mut shortest, mut choices) = (0, 0, u64::MAX, Vec::new());
    loop {
        let play = Play { choices: &choices, then: Then::OwnOrder, names: &[], is_recorded: false };
        let played = Explorer::new().play(|_| two_locks::two_locks::<ExploredLoop>(), play);
        schedules += 1;
        if matches!(played.ended, Ended::Failed(_)) {
            failing += 1;
            shortest = shortest.min(played.turn_count);
        }
        let Some(last) = played.choices.iter().rposition(|choice| choice.chosen + 1 < choice.of) else { break };
        choices = played.choices[..=last].iter().map(|choice| choice.chosen).collect();
        choices[last] += 1;
    }
    let counted = answer("explore program=two-locks");
    assert_eq!((counted["schedules"].as_u64(), counted["failing"].as_u64()), (Some(schedules), Some(failing)));
    assert_eq!(counted["shortest_failing"]["turns"], shortest);
    assert_eq!(counted["kinds"]["stuck"], failing);
    let Err(CheckError::Failed(found)) = Explorer::new().check(|_| two_locks::two_locks::<ExploredLoop>()) else {
        panic!("it fails")
    };
    let words: Vec<_> = found.schedule.choices().iter().map(u32::to_string).collect();
    let run = answer(&format!("run program=two-locks finish=1 choices={}", words.join(".")));
    assert_eq!((&run["ended"]["message"], &run["turn"]), (&found.why.to_string().into(), &found.turn_count.into()));
}

/// In slices of one schedule, as after a panic in a page, and from a choice on.
#[test]
fn an_exploration_in_slices_counts_the_same() {
    for request in ["explore program=lost-update", "tree program=lost-update", "tree program=two-locks choices=1.0"] {
        let whole = answer(request);
        assert!(whole["failing"].as_u64() > Some(0));
        let (mut state, mut progress) = (String::new(), 0);
        loop {
            let slice = answer(&format!("{request} steps=1{state}"));
            let now = slice["progress"].as_u64().expect("a number");
            assert!((progress..=1000).contains(&now), "{request}: {slice}");
            progress = now;
            if slice["finished"] == true {
                assert_eq!(slice, whole, "{request}");
                break;
            }
            state = format!(" state={}", text(&slice["state"]));
        }
    }
    let limited = answer("explore program=amap limit=5");
    assert_eq!(
        (&limited["schedules"], &limited["complete"], &limited["finished"]),
        (&5.into(), &false.into(), &true.into())
    );
}

/// The leaves of the tree, by their choices.
fn leaves(node: &Value, path: &mut Vec<u64>, all: &mut Vec<(Vec<u64>, Value)>) {
    if node.get("branches").is_none() {
        return all.push((path.clone(), node.clone()));
    }
    assert_eq!(list(&node["branches"]).len() as u64, node["ready"]);
    for branch in list(&node["branches"]) {
        path.push(branch["position"].as_u64().expect("a number"));
        assert!(branch["node"].is_null() == branch["name"].is_null(), "{branch}");
        leaves(&branch["node"], path, all);
        path.pop();
    }
}

#[test]
fn each_leaf_of_the_tree_is_a_run() {
    let tree = answer("tree program=two-locks looks=1 painters=3 limit=150");
    let mut all = Vec::new();
    leaves(&tree["root"], &mut Vec::new(), &mut all);
    let (known, beyond): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, leaf)| !leaf.is_null());
    assert_eq!((known.len() as u64, beyond.is_empty()), (150, false), "the limit cuts the tree");
    for (choices, leaf) in known {
        let choices: Vec<_> = choices.iter().map(u64::to_string).collect();
        let run = answer(&format!("run program=two-locks looks=1 painters=3 choices={}", choices.join(".")));
        assert_eq!((&run["ended"]["kind"], &run["turn"]), (&leaf["ended"], &leaf["turns"]));
    }
}

/// Some setting of its parameters and some schedule reaches it.
#[test]
fn every_goal_can_be_reached_and_is_not_reached_from_the_start() {
    for program in programs() {
        let name = text(&program["name"]);
        let own = answer(&format!("run program={name} finish=1"));
        for goal in list(&program["goals"]) {
            let (wanted, by) = (text(&goal["name"]), text(&goal["by"]));
            let has_it = |answer: &Value| list(&answer["goals"]).iter().any(|reached| reached == wanted);
            assert!(!has_it(&own), "{name}, {wanted}: nothing is left to do");
            let at_once = |set: &String| {
                let counted = answer(&format!("tree program={name}{set} limit=100"));
                let mut all = Vec::new();
                leaves(&counted["root"], &mut Vec::new(), &mut all);
                let words = |choices: &[u64]| choices.iter().map(u64::to_string).collect::<Vec<_>>().join(".");
                let run = |choices: &[u64]| answer(&format!("run program={name}{set} choices={}", words(choices)));
                has_it(&counted) || all.iter().any(|(choices, leaf)| !leaf.is_null() && has_it(&run(choices)))
            };
            let mut settings = at_all_ends(&program);
            settings.extend(
                [" takes_turns=1 poll=2000", " painters=3 looks=0", " nth=4 doubles=0 lends=1"].map(str::to_owned),
            );
            settings.retain(|set| asked(&format!("run program={name}{set}")).get("error").is_none());
            assert!(settings.iter().any(at_once), "{name}: {wanted}, by {by}");
        }
    }
}
