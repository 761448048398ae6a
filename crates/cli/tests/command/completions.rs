//! Completions: what a shell is offered, and what its script does with words of strangers.

use crate::started::{paintdry, stdout, text};

/// The completions that a shell is offered for the last of these words.
fn offered(words: &str) -> Vec<String> {
    let words: Vec<_> = words.split(' ').collect();
    let mut command = paintdry("");
    command.args(["--", "paintdry"]).args(&words).env("PAINTDRY_COMPLETE", "bash");
    command.env("_CLAP_COMPLETE_INDEX", words.len().to_string()).env("_CLAP_IFS", "\n");
    let output = command.output().expect("the command starts");
    text(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn completions_know_options_runtimes_and_programs() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = stdout(&format!("completions {shell}"));
        assert!(script.contains("PAINTDRY_COMPLETE"), "{shell}:\n{script}");
    }
    assert_eq!(offered("--canv"), ["--canvases"]);
    assert_eq!(offered("--runtime tok"), ["tokio", "tokio-multi"]);
    assert_eq!(offered("amap --runtime smol,gen"), ["smol,generator"]);
    assert_eq!(offered("explore two"), ["two-locks", "two-locks-repaired"]);
    assert_eq!(offered("explore two-locks --runtime tok"), ["tokio", "tokio-multi"]);
}

/// Where a command reads recordings, a shell is offered these files, and `diff` knows the runtimes in them.
#[test]
fn completions_know_recordings_and_the_runtimes_in_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name).to_str().expect("it is text").to_owned();
    let recorded = paintdry("--virtual --canvases 1 --runtime generator,tokio --record").arg(file("two.json")).output();
    assert!(recorded.expect("the command starts").status.success());
    std::fs::write(file("two.html"), "").expect("a file");
    for command in ["replay", "diff", "diagnose"] {
        assert_eq!(offered(&format!("{command} {}", file("t"))), [file("two.json")], "{command}");
    }
    assert_eq!(offered(&format!("diff {} {}", file("two.json"), file("t"))), [file("two.json")]);
    assert_eq!(offered(&format!("diff {} --runtime ", file("two.json"))), ["generator", "tokio"]);
    assert_eq!(offered(&format!("diff {} --runtime tokio,g", file("two.json"))), ["tokio,generator"]);
    let json = std::fs::read_to_string(file("two.json")).expect("it was written");
    std::fs::write(file("two.json"), json.replace("\"tokio\"", "\"$(touch pwned)\"")).expect("it can be written");
    assert_eq!(offered(&format!("diff {} --runtime ", file("two.json"))), ["generator"]);
}

/// A shell accepts the script: here bash, which every Unix has or can have.
#[cfg(target_os = "linux")] // macOS has a bash of 2007
#[test]
fn bash_offers_what_may_follow_a_comma_or_an_equals_sign() {
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_paintdry")).parent().expect("it is in a folder");
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    // The words as Bash splits them, the position of the one to complete, and as much of it as is typed.
    for (words, position, typed, offered) in [
        ("--runtime generator,to", 2, "generator,to", "generator,tokio generator,tokio-multi"),
        ("--runtime = tok", 3, "tok", "tokio tokio-multi"),
        ("amap --runtime = smol,gen", 4, "smol,gen", "smol,generator"),
        ("explore two-locks --format =", 4, "", "table json"),
        ("--runtime = tokio --canv", 4, "--canv", "--canvases"),
    ] {
        let script = format!(
            "source <(paintdry completions bash); COMP_WORDS=(paintdry {words}); COMP_CWORD={position}; \
             _clap_complete_paintdry paintdry '{typed}' x; echo \"${{COMPREPLY[@]}}\""
        );
        let bash = std::process::Command::new("bash").args(["-c", &script]).env("PATH", &path).output();
        let Ok(output) = bash else { return };
        assert_eq!(text(&output.stdout), format!("{offered}\n"), "{words}: {}", text(&output.stderr));
    }
}

/// A name of a stranger must not reach the command line without quotes. Bash lists files itself if it is offered nothing,
/// and quotes what it inserts.
#[cfg(target_os = "linux")]
#[test]
fn bash_is_offered_no_name_that_it_would_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let offered = |names: &[&str]| {
        for name in names {
            std::fs::write(folder.path().join(name), "").expect("a file");
        }
        let script = "source <(paintdry completions bash); COMP_WORDS=(paintdry replay a); COMP_CWORD=2; \
                      _clap_complete_paintdry paintdry a replay; printf '<%s>' \"${COMPREPLY[@]}\"; complete -p paintdry";
        let program = std::path::Path::new(env!("CARGO_BIN_EXE_paintdry")).parent().expect("it is in a folder");
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
        let mut bash = std::process::Command::new("bash");
        let output = bash.args(["-c", script]).env("PATH", path).current_dir(&folder).output().ok()?;
        Some((text(&output.stdout), text(&output.stderr)))
    };
    let Some((plain, told)) = offered(&["a.json", "ab.json"]) else { return };
    assert!(plain.starts_with("<a.json><ab.json>") && plain.contains(" -o default "), "{plain}{told}");
    for name in
        ["a;touch pwned;.json", "a b.json", "a*.json", "a$(touch pwned).json", "a`touch pwned`.json", "a'\n'.json"]
    {
        let (hostile, told) = offered(&[name]).expect("it has started before");
        assert!(hostile.starts_with("<>complete "), "{name}: {hostile}{told}");
        std::fs::remove_file(folder.path().join(name)).expect("it is there");
    }
    assert!(!folder.path().join("pwned").exists());
}

/// PowerShell is not on the machines that test this. Its script must not hand what is typed, or the name of a file, to anything that
/// runs code.
#[test]
fn the_script_for_powershell_runs_no_text() {
    let script = stdout("completions powershell");
    assert!(!script.contains("Invoke-Expression") && !script.contains("iex"), "{script}");
    assert!(script.contains("EscapeSingleQuotedStringContent($word)") && script.contains("& paintdry '--' @words"));
}

/// A script that asks by the variable is the one that `completions` prints, and so is as careful with the names of files.
#[test]
fn a_shell_that_asks_for_its_script_gets_the_same() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let asked = paintdry("").env("PAINTDRY_COMPLETE", shell).output().expect("the command starts");
        assert_eq!(text(&asked.stdout), stdout(&format!("completions {shell}")));
    }
}

#[test]
fn a_wrong_shell_is_refused_in_a_line() {
    let output = paintdry("").env("PAINTDRY_COMPLETE", "x\u{1b}[2Jyz").output().expect("the command starts");
    let told = text(&output.stderr);
    assert_eq!((output.status.code(), told.lines().count()), (Some(2), 1), "{told:?}");
    assert!(told.starts_with("error: PAINTDRY_COMPLETE: no shell is called 'xyz'") && told.ends_with('\n'), "{told:?}");
}
