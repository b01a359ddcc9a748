{{/* What all objects of a release are called. */}}
{{- define "gaitway.name" -}}
{{- printf "%s-coordinator" .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "gaitway.scheme" -}}
{{- if .Values.tls.secretName }}https{{ else }}http{{ end }}
{{- end -}}

{{- define "gaitway.selector" -}}
app.kubernetes.io/name: gaitway
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: coordinator
{{- end -}}

{{- define "gaitway.labels" -}}
{{ include "gaitway.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}
