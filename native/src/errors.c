#include "jpeg.h"

#include <jerror.h>

/* Warnings after which every pixel is still what the file says. Anything else loses pixels. */
static int is_harmless(int code) {
    switch (code) {
    case JWRN_ADOBE_XFORM:
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_JFIF_MAJOR:
    case JWRN_NOT_SEQUENTIAL:
    case JWRN_BOGUS_ICC:
        return 1;
    default:
        return 0;
    }
}

static void fail(j_common_ptr common, veil_status status) {
    char message[JMSG_LENGTH_MAX];
    errors *own = (errors *)common->err;
    own->manager.format_message(common, message);
    own->status = veil_fail(status, "%s", message);
    longjmp(own->jump, 1);
}

static void on_error(j_common_ptr common) {
    fail(common, common->err->msg_code == JERR_OUT_OF_MEMORY ? VEIL_MEMORY : VEIL_CORRUPT);
}

static void on_message(j_common_ptr common, int level) {
    if (level < 0 && !is_harmless(common->err->msg_code)) {
        fail(common, VEIL_CORRUPT);
    }
}

static void print_nothing(j_common_ptr common) {
    (void)common;
}

struct jpeg_error_mgr *veil_errors(errors *errors) {
    struct jpeg_error_mgr *manager = jpeg_std_error(&errors->manager);
    manager->error_exit = on_error;
    manager->emit_message = on_message;
    manager->output_message = print_nothing;
    errors->status = VEIL_OK;
    return manager;
}
