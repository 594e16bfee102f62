#ifndef KONTOR_CIDN2_H
#define KONTOR_CIDN2_H

/*
 * The A-label form of a domain in UTF-8, by IDNA2008 and the non-transitional mapping of UTS 46; or the U-label form of one in
 * ASCII. Null where there is none. What is given is freed with kidn_free. May be called on any thread.
 */
char *kidn_ascii(const char *domain);
char *kidn_unicode(const char *domain);

void kidn_free(char *domain);

#endif
