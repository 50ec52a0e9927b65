#Requires -RunAsAdministrator
<#
.SYNOPSIS
  Stops the reset backend and removes its scheduled task. Its data stays.
#>
$ErrorActionPreference = 'Stop'
$name = 'Reset Desk backend'
Stop-ScheduledTask -TaskName $name -ErrorAction SilentlyContinue
Unregister-ScheduledTask -TaskName $name -Confirm:$false
Write-Output "Removed: $name."
