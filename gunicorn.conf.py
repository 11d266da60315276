# gunicorn reads this file wherever it is started in this folder, whatever its command line says.
logger_class = "svvoice.web.server_log.ServerLog"
