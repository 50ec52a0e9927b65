@echo off
rem The reset backend without a console: serves, or runs the command that follows.
"%~dp0reset-desk.exe" --no-sandbox --backend -- %*
exit /b %errorlevel%
