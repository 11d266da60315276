from svvoice.application import start

app = start()
