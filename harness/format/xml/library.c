/* SPDX-License-Identifier: MIT */
#include "format/xml/library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/attribute.h"

static void ignore_error(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

static xmlParserInputPtr load_nothing(const char *url, const char *id, xmlParserCtxtPtr context)
{
    (void)url;
    (void)id;
    (void)context;
    return NULL;
}

/* Into a function pointer, which ISO C converts from no other. */
static void find(void *handle, const char *name, void *ret_pointer)
{
    void *symbol = handle ? dlsym(handle, name) : NULL;
    if (!symbol) {
        BUG("libxml2, which bddrun needs, cannot be loaded: %s", dlerror());
    }
    memcpy(ret_pointer, &symbol, sizeof symbol);
}

const struct xml_library *xml_library(void)
{
    static struct xml_library library; /* written once, before anything else of the process */
    if (!library.free) {
        void *handle = dlopen("libxml2.so.2", RTLD_NOW | RTLD_LOCAL);
        xmlFreeFunc *free_function;
#define FIND(function) find(handle, #function, &library.function);
        XML_LIBRARY_FUNCTIONS(FIND)
#undef FIND
        find(handle, "xmlFree", &free_function);
        library.free = *free_function;
        library.xmlInitParser();
        library.xmlSetExternalEntityLoader(load_nothing);
        library.xmlSetStructuredErrorFunc(NULL, ignore_error);
    }
    return &library;
}
