/* SPDX-License-Identifier: MIT */
/*
 * A release tree: releases/NAME, and a symbolic link beside it that names the live one. Made by
 * Capistrano, Deployer, Forge, Envoyer or by hand; the link keeps its style, their logs are
 * written in their own form, and nothing is ever made inside a release but Deployer's BAD_RELEASE,
 * whose making leaves the time of the release as it was (Capistrano rolls back by it).
 */
#ifndef BDDRUN_DEPLOY_TREE_TREE_H
#define BDDRUN_DEPLOY_TREE_TREE_H

#include "deploy/target.h"

enum { TREE_FILE_LIMIT_BYTES = 1 << 20, TREE_RELEASES_LIMIT = 10000 };

enum tree_flavour { TREE_PLAIN, TREE_CAPISTRANO, TREE_DEPLOYER };

enum tree_kind { TREE_NOTHING, TREE_LINK, TREE_FOLDER, TREE_OTHER };

struct tree_entry {
    struct text name;
    uint64_t changed_s; /* modification time */
    bool is_bad;        /* has BAD_RELEASE */
};

/* What is there. Texts are in the arena of the target's context. */
struct tree_look {
    bool has_releases;        /* the folder releases/ */
    enum tree_kind current;   /* what stands at the link's place */
    struct text link;         /* where the link points, as written */
    bool has_deployer;        /* .dep/ */
    bool has_capistrano_log;  /* revisions.log */
    bool is_deploying;        /* Deployer's link `release`: a deployment is under way */
    struct text foreign_lock; /* the file of another tool's lock; empty: none */
    struct text deployer_log; /* .dep/releases_log */
    struct text latest;       /* .dep/latest_release */
    struct tree_entry *list;  /* folders of releases/, in no order */
    size_t count;
};

/* One release by name. */
struct tree_release {
    enum tree_kind kind;
    bool is_elsewhere;    /* on another file system */
    bool is_bad;          /* BAD_RELEASE */
    bool is_dirty;        /* DIRTY_RELEASE: not built to its end */
    struct text revision; /* of REVISION, or empty */
};

/* What is done to a tree, on this machine or through ssh. All return false with a problem. */
struct tree_io {
    bool (*look)(struct target *target, struct tree_look *ret_look,
                 struct problems *problems) MUST_CHECK;
    bool (*look_at)(struct target *target, struct text name, struct tree_release *ret_release,
                    struct problems *problems) MUST_CHECK;

    /* Replaces the link by one that says to, atomically, and makes it durable. */
    bool (*point)(struct target *target, struct text to, struct problems *problems) MUST_CHECK;

    /* Appends to, or replaces, a file below the tree. */
    bool (*append)(struct target *target, struct text file, struct text line,
                   struct problems *problems) MUST_CHECK;
    bool (*replace)(struct target *target, struct text file, struct text content,
                    struct problems *problems) MUST_CHECK;

    /* releases/NAME/BAD_RELEASE, the time of the release kept. */
    bool (*mark_bad)(struct target *target, struct text name, struct text content,
                     struct problems *problems) MUST_CHECK;

    enum target_hold (*lock)(struct target *target, struct problems *problems) MUST_CHECK;
    void (*unlock)(struct target *target);
};

extern const struct tree_io tree_here;
extern const struct tree_io tree_there; /* by ssh */

/* The switch itself: makes the link `next` in the folder and renames it over `current`, so that
 * readers see the old one or the new one, never none. False with errno. */
bool tree_point(int folder, const char *next, const char *current, const char *to,
                const struct fault *fault) MUST_CHECK;

const struct tree_io *tree_io_of(const struct target *target);

enum tree_flavour tree_flavour(const struct tree_look *look);

/* The release that a link names: its last part, where the part before is `releases`; else empty. */
struct text tree_name_of_link(struct text link);

/* The link to another release in the style of the present one. */
struct text tree_link_to(const struct target *target, const struct tree_look *look,
                         struct text name);

/* Writes what the tool that made the tree would have written. */
bool tree_log_switch(struct target *target, const struct tree_look *look,
                     const struct target_release *release,
                     struct problems *problems) MUST_CHECK;
bool tree_log_back(struct target *target, const struct tree_look *look, struct text name,
                   struct text bad, struct problems *problems) MUST_CHECK;

/* Newer by the rule of the tool that made the tree. */
bool tree_is_newer(const struct tree_look *look, const struct tree_entry *a,
                   const struct tree_entry *b);

/* Removes the oldest releases beyond settings->keep; see target.h. */
bool tree_clean(struct target *target, const struct tree_look *look, struct text previous,
                struct problems *problems) MUST_CHECK;

/* The release before the live one by the rule of the tool that made the tree; empty: none. */
struct text tree_previous(const struct tree_look *look);

/* Adds a problem about the tree. Always false. */
bool tree_refuse(const struct target *target, struct problems *problems, const char *hint,
                 const char *format, ...) PRINTF_LIKE(4, 5);

#endif
