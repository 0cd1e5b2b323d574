module aicities

go 1.26

require (
	github.com/andybalholm/brotli v1.2.8 // indirect
	github.com/maxence-charriere/go-app/v10 v10.1.11 // indirect
	github.com/vmihailenco/msgpack/v5 v5.4.1 // indirect
	github.com/vmihailenco/tagparser/v2 v2.0.0 // indirect
)
