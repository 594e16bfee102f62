// MySQLDriver
