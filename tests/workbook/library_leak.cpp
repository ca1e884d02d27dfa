// libxlsxwriter 1.1.4 copies the formula of a list twice and frees it once: a few bytes a workbook. The leak
// checker of the sanitizer build calls this.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:lxw_strdup\n"; }
