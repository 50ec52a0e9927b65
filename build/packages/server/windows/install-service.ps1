#Requires -RunAsAdministrator
<#
.SYNOPSIS
  Makes the reset backend start with Windows, as a scheduled task under an account without special rights.
.DESCRIPTION
  Node cannot run as a Windows service, so the task scheduler starts it with the computer, without a time limit. run-backend.mjs starts it again
  after a failure, unless an administrator has to correct something first.
  Only the task's account and administrators can read the data folder. Environment variables come from FOLDER\backend.env.
.EXAMPLE
  .\install-service.ps1 -Data D:\reset-desk -Variables @{ RESET_DESK_PUBLIC_URL = 'https://desk.example.com' }
#>
param(
  [string] $Data = "$env:ProgramData\Reset Desk",
  [hashtable] $Variables = @{}
)
$ErrorActionPreference = 'Stop'
$name = 'Reset Desk backend'
$account = 'NT AUTHORITY\LOCAL SERVICE'

New-Item -ItemType Directory -Force -Path $Data | Out-Null
& icacls.exe $Data /inheritance:r /grant:r '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-19:(OI)(CI)M' | Out-Null
if ($LASTEXITCODE -ne 0) { throw "icacls could not protect $Data." }

$settings = @{ RESET_DESK_DATA = $Data } + $Variables
# Node reads a value in quotes as it is; without them, it would end at a #.
$lines = $settings.GetEnumerator() | Sort-Object Name | ForEach-Object {
  $quote = if ("$($_.Value)".Contains("'")) { '`' } else { "'" }
  "$($_.Name)=$quote$($_.Value)$quote"
}
$file = Join-Path $Data 'backend.env'
if (-not (Test-Path $file)) {
  # Windows PowerShell 5.1 would write UTF-16 or a byte order mark.
  [IO.File]::WriteAllLines($file, [string[]] $lines, (New-Object Text.UTF8Encoding $false))
} elseif ($Variables.Count -gt 0) {
  Write-Warning "$file exists and was not changed. Change the variables in it."
}

$local = Join-Path $PSScriptRoot 'node.exe'
$node = if (Test-Path $local) { $local } else { (Get-Command node.exe).Source }
$main = Join-Path $PSScriptRoot 'run-backend.mjs'
$log = Join-Path $Data 'backend.log'
# The scheduler keeps nothing of what a task prints: the first start's setup code is in the log.
$action = New-ScheduledTaskAction -Execute "$env:SystemRoot\System32\cmd.exe" -WorkingDirectory $Data `
  -Argument "/d /s /c `"`"$node`" --env-file=`"$file`" `"$main`" >> `"$log`" 2>&1`""
$trigger = New-ScheduledTaskTrigger -AtStartup
# Windows would otherwise neither start it nor let it run while a battery, such as that of a UPS, supplies the power.
$options = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries `
  -ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew -StartWhenAvailable
$principal = New-ScheduledTaskPrincipal -UserId $account -LogonType ServiceAccount -RunLevel Limited
Register-ScheduledTask -TaskName $name -Action $action -Trigger $trigger -Settings $options -Principal $principal -Force | Out-Null
Start-ScheduledTask -TaskName $name
Write-Output "Started: $name, with its data in $Data, its variables in $file and its log in $log."
