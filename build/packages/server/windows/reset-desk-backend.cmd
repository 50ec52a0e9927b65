@echo off
rem The reset backend on plain Node: serves, or runs the command that follows. node.exe is beside this file, or on the path.
setlocal
set "node=%~dp0node.exe"
if not exist "%node%" set "node=node.exe"
"%node%" "%~dp0out\backend\main.js" %*
exit /b %errorlevel%
