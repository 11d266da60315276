from svvoice.application import create_app
app = create_app()
