// The version of LightGBM that the module was made from, which LightGBM itself does not tell.
extern "C" const char* lightgbm_version() { return LIGHTGBM_VERSION; }
