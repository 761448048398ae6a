# Completes the command paintdry in PowerShell: with PAINTDRY_COMPLETE set, the command itself prints the possible next words.
Register-ArgumentCompleter -Native -CommandName paintdry -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # The words up to the cursor. They are passed on as text: nothing in them is run, whatever a file is called.
    $words = @(foreach ($element in $commandAst.CommandElements) {
        $extent = $element.Extent
        if ($extent.StartOffset -ge $cursorPosition) { continue }
        if ($extent.EndOffset -gt $cursorPosition) {
            $extent.Text.Substring(0, $cursorPosition - $extent.StartOffset)
        } elseif ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            $element.Value
        } else {
            $extent.Text
        }
    })
    if ($wordToComplete -eq '') {
        # Before version 7.3, PowerShell leaves an empty word out, unless it has quotes of its own.
        $words += if ($PSVersionTable.PSVersion -ge '7.3') { '' } else { '""' }
    }

    $before = $env:PAINTDRY_COMPLETE
    $env:PAINTDRY_COMPLETE = 'powershell'
    try {
        $offered = @(& paintdry '--' @words)
    } finally {
        $env:PAINTDRY_COMPLETE = $before
    }

    foreach ($line in $offered) {
        $word, $help = $line -split "`t", 2
        # What PowerShell could take for more than a word is inserted in quotes.
        $inserted = if ($word -match '^[\p{L}\p{Nd}_.,:=/\\+-]+$') {
            $word
        } else {
            "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($word) + "'"
        }
        $help = if ($help) { $help } else { $word }
        [System.Management.Automation.CompletionResult]::new($inserted, $word, 'ParameterValue', $help)
    }
}
