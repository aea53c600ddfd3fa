/* SPDX-License-Identifier: MIT */
/*
 * Puts the pre-push hook where git looks for it (also behind core.hooksPath) and takes it out
 * again. A hook that is there already is kept beside, runs first with the same input, and is put
 * back by the removal. Folders that a hook manager writes anew are refused with its recipe.
 */
#ifndef BDDRUN_HOOK_INSTALL_H
#define BDDRUN_HOOK_INSTALL_H

#include "git/git.h"

enum hook_change {
    HOOK_INSTALLED,
    HOOK_CHAINED, /* behind one that was there */
    HOOK_RENEWED, /* ours was there */
    HOOK_REMOVED,
    HOOK_RESTORED, /* the one that was there before is back */
    HOOK_NOT_THERE
};

/* program: the absolute path of bddrun. *ret_path is the hook's, in the arena of git. */
bool hook_install(struct git *git, struct text program, enum hook_change *ret_change,
                  struct text *ret_path, struct problems *problems) MUST_CHECK;
bool hook_uninstall(struct git *git, enum hook_change *ret_change, struct text *ret_path,
                    struct problems *problems) MUST_CHECK;

#endif
