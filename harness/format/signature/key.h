/* SPDX-License-Identifier: MIT */
/* What the files of this folder share; see format/signature.h. */
#ifndef BDDRUN_FORMAT_SIGNATURE_KEY_H
#define BDDRUN_FORMAT_SIGNATURE_KEY_H

#include "format/signature.h"

enum { SIGNATURE_ID_SIZE = 64 };

struct evp_pkey_st; /* libcrypto's EVP_PKEY */

struct signature_key {
    struct evp_pkey_st *key;
    enum signature_algorithm algorithm;
    bool is_private;
    char id[SIGNATURE_ID_SIZE];
};

/* Takes the key of libcrypto over. NULL with a problem: of a type that we do not use. */
struct signature_key *signature_key_wrap(struct evp_pkey_st *key, bool is_private,
                                         struct text shown,
                                         struct problems *problems) MUST_CHECK;

/* libcrypto keeps a list of errors for each thread; ours are problems. */
void signature_forget_errors(void);

#endif
