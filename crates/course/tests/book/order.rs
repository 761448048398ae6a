//! One order: info.toml, the chapters, the teacher's guide and the first lines of each exercise agree on which exercise comes when.

use super::{STAGES, chapters, links, pages, read};

const EXERCISES: &str = "../crates/exercises/exercises/";

/// An exercise, as info.toml lists it.
pub(crate) struct Exercise {
    pub(crate) name: String,
    folder: String,
    /// The number at the beginning of its folder.
    pub(crate) chapter: u32,
}

impl Exercise {
    fn path(&self) -> String {
        format!("{}/{}.rs", self.folder, self.name)
    }

    fn text(&self, kind: &str) -> String {
        read(&format!("crates/exercises/{kind}/{}", self.path()))
    }

    /// From its first line, such as `// Chapter 6, about 15 minutes: store the waker.`: the minutes and the goal.
    fn minutes_and_goal(&self) -> Option<(u32, String)> {
        let text = self.text("exercises");
        let rest = text.lines().next()?.strip_prefix(&format!("// Chapter {}, about ", self.chapter))?;
        let (minutes, goal) = rest.split_once(" minutes: ")?;
        Some((minutes.parse().ok()?, goal.to_owned()))
    }

    pub(crate) fn minutes(&self) -> Option<u32> {
        Some(self.minutes_and_goal()?.0)
    }
}

pub(crate) fn exercises() -> Vec<Exercise> {
    let info = read("crates/exercises/info.toml");
    let values = |key: &str| -> Vec<String> {
        let start = format!("{key} = \"");
        info.lines().filter_map(|line| Some(line.strip_prefix(&start)?.strip_suffix('"')?.to_owned())).collect()
    };
    let (names, folders) = (values("name"), values("dir"));
    assert_eq!(names.len(), folders.len());
    let exercise = |(name, folder): (String, String)| {
        let chapter = number(&folder).unwrap_or_else(|| panic!("{folder} has no number"));
        Exercise { name, folder, chapter }
    };
    names.into_iter().zip(folders).map(exercise).collect()
}

/// The number at the beginning of the name of a folder or of a page, which may have a letter behind it: 9 for `09c-pitfalls`.
pub(crate) fn number(name: &str) -> Option<u32> {
    name.get(..2)?.parse().ok()
}

/// The text below a heading, up to the next heading of the same level.
pub(crate) fn sections<'a>(page: &'a str, heading: &'a str) -> impl Iterator<Item = &'a str> {
    page.split("\n## ").skip(1).filter(move |section| section.starts_with(heading))
}

/// The paragraph of a section that begins with `start`, without it.
pub(crate) fn paragraph<'a>(section: &'a str, start: &str) -> Option<&'a str> {
    section.split("\n\n").find_map(|paragraph| paragraph.strip_prefix(start))
}

/// The exercises that the pages of a chapter list under "Exercises", as paths, in order. The page of stages is for a second
/// reading, so it may name any.
fn listed(chapter: u32) -> Vec<String> {
    let of_chapter = pages().into_iter().filter(|page| number(page) == Some(chapter) && page != STAGES);
    let mut listed = Vec::new();
    for page in of_chapter {
        let text = read(&format!("docs/{page}"));
        for section in sections(&text, "Exercises") {
            listed.extend(links(section).into_iter().filter_map(|link| Some(link.strip_prefix(EXERCISES)?.to_owned())));
        }
    }
    listed
}

#[test]
fn the_folders_are_in_the_order_of_the_chapters() {
    let chapters: Vec<_> = exercises().iter().map(|exercise| exercise.chapter).collect();
    assert!(chapters.len() > 30, "only {} exercises", chapters.len());
    assert!(chapters.is_sorted(), "{chapters:?}");
}

#[test]
fn each_chapter_lists_its_exercises_in_the_order_of_info_toml() {
    let exercises = exercises();
    let mut wrong = Vec::new();
    let last = chapters().iter().filter_map(|page| number(page)).max().expect("there are chapters");
    for chapter in 1..=last {
        let expected: Vec<_> = exercises.iter().filter(|own| own.chapter == chapter).map(Exercise::path).collect();
        let (own, others): (Vec<_>, Vec<_>) =
            listed(chapter).into_iter().partition(|path| number(path) == Some(chapter));
        if own != expected {
            wrong.push(format!("chapter {chapter} lists {own:?}, and should list {expected:?}"));
        }
        // A chapter may send the reader back to an exercise, but not ahead to one that needs a later chapter.
        let ahead = others.iter().filter(|path| number(path) > Some(chapter));
        wrong.extend(ahead.map(|path| format!("chapter {chapter} lists {path}, which comes later")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_first_line_of_each_exercise_has_its_chapter_its_minutes_and_its_goal_and_the_second_has_its_page() {
    let pages = pages();
    let mut wrong = Vec::new();
    for exercise in exercises() {
        let (path, text) = (exercise.path(), exercise.text("exercises"));
        let lines: Vec<_> = text.lines().take(3).collect();
        let [first, page, empty] = lines[..] else { panic!("{path} has no three lines") };
        let is_sentence = |goal: &str| goal.ends_with('.') && !goal.contains(". ") && !goal.contains(": ");
        if !exercise.minutes_and_goal().is_some_and(|(_, goal)| is_sentence(&goal)) {
            wrong.push(format!("{path}: not its chapter, its minutes, and its goal in one sentence: {first}"));
        }
        let named = page.strip_prefix("// docs/").filter(|page| number(page) == Some(exercise.chapter));
        if !named.is_some_and(|page| pages.iter().any(|own| own == page)) || empty != "//" {
            wrong.push(format!("{path}: the second line is no page of its chapter, or no empty line follows: {page}"));
        }
        if !exercise.text("solutions").starts_with(&lines.join("\n")) {
            wrong.push(format!("{path}: the solution has other first lines"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_solution_says_what_was_changed_and_why() {
    let has_reason = |exercise: &Exercise| {
        let solution = exercise.text("solutions");
        let mut reasons = solution.lines().filter_map(|line| line.split_once("// Changed: "));
        reasons.any(|(_, reason)| reason.chars().count() >= 40)
    };
    let without: Vec<_> = exercises().iter().filter(|own| !has_reason(own)).map(Exercise::path).collect();
    assert!(without.is_empty(), "no `// Changed: ` with an explanation of 40 characters: {without:?}");
}

/// The guide: its plan, and then the pages with the sessions.
pub(crate) fn guide() -> String {
    ["teachers-guide", "teachers-first-course", "teachers-second-course"]
        .map(|page| read(&format!("docs/{page}.md")))
        .concat()
}

/// The minutes and the exercises of a line such as `- **In class** (40 minutes): paint1, blocking1.`
fn planned<'a>(session: &'a str, place: &str) -> Option<(u32, Vec<&'a str>)> {
    let start = format!("- **{place}** (");
    let line = session.lines().find_map(|line| line.strip_prefix(&start))?;
    let (minutes, names) = line.split_once(" minutes): ")?;
    Some((minutes.parse().ok()?, names.trim_end_matches('.').split(", ").collect()))
}

/// What to show, with its minutes: the lines such as `- **10 min.** Three canvases …`.
pub(crate) fn shown(session: &str) -> impl Iterator<Item = (u32, &str)> {
    session.lines().filter_map(|line| {
        let (minutes, text) = line.strip_prefix("- **")?.split_once(" min.**")?;
        Some((minutes.parse().ok()?, text))
    })
}

#[test]
fn the_sessions_of_the_guide_have_the_exercises_in_order_with_their_minutes() {
    let guide = guide();
    let exercises = exercises();
    let mut wrong = Vec::new();
    let mut in_sessions = Vec::new();
    for session in sections(&guide, "Session ") {
        let heading = session.lines().next().unwrap_or_default();
        let mut own = Vec::new();
        for place in ["In class", "At home"] {
            let (minutes, names) = planned(session, place).unwrap_or_default();
            let positions: Option<Vec<_>> =
                names.iter().map(|name| exercises.iter().position(|own| own.name == **name)).collect();
            let positions = positions.unwrap_or_else(|| panic!("{heading}: {names:?} are not all exercises"));
            let sum: u32 = positions.iter().filter_map(|&at| exercises[at].minutes()).sum();
            if minutes != sum {
                wrong.push(format!("{heading}: its exercises {place} take {sum} minutes, and not {minutes}"));
            }
            own.extend(positions);
        }
        own.sort_unstable(); // a class may skip an exercise, and do it at home
        let chapters: Vec<_> = links(session).iter().filter_map(|link| number(link)).collect();
        let lacks = own.iter().filter(|&&at| !chapters.contains(&exercises[at].chapter));
        wrong.extend(lacks.map(|&at| format!("{heading}: no link to chapter {}", exercises[at].chapter)));
        in_sessions.extend(own.into_iter().map(|at| &*exercises[at].name));
    }
    let expected: Vec<&str> = exercises.iter().map(|exercise| &*exercise.name).collect();
    if in_sessions != expected {
        wrong.push(format!("the sessions have {in_sessions:?}, and should have {expected:?}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_exercise_at_home_has_a_question_for_the_look_back_of_the_next_session() {
    let guide = guide();
    let mut wrong = Vec::new();
    for session in sections(&guide, "Session ") {
        let (number, _) = session["Session ".len()..].split_once(':').expect("a number and a title");
        let next = number.parse::<u32>().expect("a number") + 1;
        let (_, list) = session.split_once(&format!("**For the look back of session {next}**\n\n")).unwrap_or_default();
        let items: Vec<_> = list.split("\n\n").next().unwrap_or_default().split("- ").skip(1).collect();
        let asked =
            items.iter().filter_map(|item| item.split_once(": ")).filter(|(_, question)| question.contains('?'));
        let names: Vec<_> = asked.map(|(name, _)| name).collect();
        let (_, home) = planned(session, "At home").unwrap_or_default();
        if names != home {
            wrong.push(format!("session {number} asks about {names:?}, and its homework is {home:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The guide has a row for each session: its number, its chapters, and the minutes to look back, to show, for exercises, to talk, and
/// at home.
#[test]
fn each_session_of_the_guide_takes_ninety_minutes() {
    let guide = guide();
    let mut of_sessions = Vec::new();
    for session in sections(&guide, "Session ") {
        let (number, _) = session["Session ".len()..].split_once(':').expect("a number and a title");
        let row = guide.lines().find_map(|line| line.strip_prefix(&format!("| {number} | ")));
        let cells = row.unwrap_or_default().trim_end_matches(" |").split(" | ");
        let row: Vec<u32> = cells.skip(1).flat_map(str::parse).collect();
        let [look_back, show, class, talk, home] = row[..] else { panic!("session {number} has the row {row:?}") };
        assert_eq!(look_back + show + class + talk, 90, "session {number}");
        let minutes = |place| planned(session, place).map_or(0, |(minutes, _)| minutes);
        assert_eq!([class, home], [minutes("In class"), minutes("At home")], "session {number}");
        let shown: u32 = shown(session).map(|(minutes, _)| minutes).sum();
        assert_eq!(show, shown, "session {number}: the minutes of what is shown");
        of_sessions.push([class, home]);
    }
    let [class, home] = [0, 1].map(|place| of_sessions.iter().map(|minutes| minutes[place]).sum::<u32>());
    let sums = format!("In class, {class} minutes are for exercises. The other {home} minutes");
    assert!(guide.contains(&sums), "{sums}");
}

#[test]
fn each_session_says_what_to_leave_out_if_the_class_is_late() {
    let guide = guide();
    let sessions: Vec<_> = sections(&guide, "Session ").collect();
    assert_eq!(sessions.len(), 12);
    let says = |session: &&str| paragraph(session, "**If you are late**, leave out ").is_some();
    let without: Vec<_> =
        sessions.into_iter().filter(|session| !says(session)).filter_map(|text| text.lines().next()).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn each_hint_has_a_nudge_and_then_nearly_the_answer() {
    let info = read("crates/exercises/info.toml");
    let hints: Vec<_> = info.split("hint = \"\"\"").skip(1).filter_map(|rest| rest.split("\"\"\"").next()).collect();
    assert_eq!(hints.len(), exercises().len());
    for hint in hints {
        let levels: Vec<_> = hint.split("\n\n").collect();
        let has_both = levels[0].starts_with("A nudge: ")
            && levels.get(1).is_some_and(|next| next.starts_with("Nearly the answer: "));
        assert!(levels.len() == 2 && has_both, "{hint}");
    }
}
