; electron-builder's installer for one user: links of other programs. The console's own registration would come only with its first start.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\resetdesk" "" "URL:Reset Desk link"
  WriteRegStr SHELL_CONTEXT "Software\Classes\resetdesk" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\resetdesk\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\resetdesk\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\resetdesk"
!macroend
