#ifndef KONTOR_CMARIADB_H
#define KONTOR_CMARIADB_H

#include <mariadb/mysql.h>
#include <mariadb/mysqld_error.h>
#include <mariadb/errmsg.h>

#endif
