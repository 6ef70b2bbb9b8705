// Converts YAML to JSON with the library by which Kubernetes and kubectl read manifests.
package main

import (
	"io"
	"log"
	"os"

	"sigs.k8s.io/yaml"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	converted, err := yaml.YAMLToJSON(text)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := os.Stdout.Write(converted); err != nil {
		log.Fatal(err)
	}
}
