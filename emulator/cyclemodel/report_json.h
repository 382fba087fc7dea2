/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_REPORT_JSON_H
#define CYCLEMODEL_REPORT_JSON_H

/* Writes options.out. The same run gives the same file, byte for byte. */
void report_json(void);

#endif
