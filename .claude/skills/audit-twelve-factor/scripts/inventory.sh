#!/bin/sh
# Lists, factor by factor, what in a repository bears on the Twelve-Factor App: paths, and lines as PATH:LINE: TEXT.
# It gathers and does not judge: a line is a place to read, and a count of 0 is an answer as well.
#
#   inventory.sh [-n MAX] [DIR]    DIR is the working directory, MAX (entries an item) is 8, when left out
#
# In a git work tree: the files that git tracks or would add. Elsewhere: all but the usual folders of dependencies and outputs.
# Reads only, offline, follows no symbolic links, writes nothing to disk. Passwords are masked as far as they can be recognised.
# Exits with 0 when the list is complete, 1 when DIR cannot be read, 64 on wrong usage.
set -eu
LC_ALL=C
export LC_ALL
unset CDPATH GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

usage() {
  echo 'usage: inventory.sh [-n MAX] [DIR]' >&2
  exit 64
}

max=8
while getopts n: option; do
  case $option in
    n) max=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -le 1 ] || usage
case $max in
  '' | *[!0-9]*) usage ;;
esac
directory=${1:-.}
case $directory in
  /*) ;;
  *) directory=./$directory ;;
esac
if ! cd "$directory" 2>/dev/null; then
  echo "inventory.sh: $1: not a directory that can be read" >&2
  exit 1
fi

# git, such that the repository's own settings start no program and its index is not refreshed.
readonly_git() {
  GIT_OPTIONAL_LOCKS=0 git -c core.fsmonitor=false "$@" 2>/dev/null
}

git=no
if command -v git >/dev/null && [ "$(readonly_git rev-parse --is-inside-work-tree)" = true ]; then
  git=yes
fi

# --- the files ---

# Every candidate, ended by a NUL.
candidates() {
  if [ "$git" = yes ]; then
    readonly_git ls-files -z --cached --others --exclude-standard
  else
    find . -type d \( -name .git -o -name .hg -o -name .svn -o -name .build -o -name build -o -name dist -o -name target -o -name .next \
      -o -name .gradle -o -name .terraform -o -name .tox -o -name .venv -o -name venv -o -name __pycache__ -o -name node_modules \) -prune \
      -o -type f -print0 2>/dev/null
  fi
}

# Regular files alone, one a line; a newline in a name becomes the byte 1.
# shellcheck disable=SC2016 # the inner shell expands it
all=$(candidates | xargs -0 sh -c 'for f do if [ -f "$f" ] && [ ! -L "$f" ]; then printf "%s\0" "$f"; fi; done' sh |
  tr '\n\0' '\001\n' | sed 's|^\./||' | sort -u)
newline=$(printf '\001')
strange=$(printf '%s\n' "$all" | grep -c "$newline" || :)

# Dependencies that were copied in are somebody else's code.
copied='(^|/)(node_modules|bower_components|vendor|third_party|third-party|Pods|Carthage|site-packages|\.yarn)/'
list=$(printf '%s\n' "$all" | grep -v "$newline" | grep -vE "$copied" || :)

languages='(c|cc|cpp|clj|cs|dart|erl|ex|exs|fs|go|groovy|java|js|cjs|mjs|jsx|kt|kts|lua|php|pl|py|rb|rs|scala|swift|ts|mts|cts|tsx|vue)'
tests='(^|/)([Tt]ests?|[Ss]pecs?|__tests__|__mocks__|testdata|fixtures|examples?|e2e|benchmarks?)/|[._-](test|tests|spec)\.[a-z]+$|(^|/)(test_|conftest)[^/]*\.py$|\.min\.js$'
code=$(printf '%s\n' "$list" | grep -E "\\.$languages\$" | grep -vE "$tests" || :)

# File names, as extended regular expressions.
dockerfile='(^|/)((Dockerfile|Containerfile)([.-][^/]*)?|[^/]*\.(dockerfile|Dockerfile))$'
compose='(^|/)(docker-)?compose[^/]*\.ya?ml$'
procfile='(^|/)Procfile(\.[^/]*)?$'
yaml='\.ya?ml$'
ci='^(\.github/workflows/[^/]*\.ya?ml|\.gitlab-ci\.yml|\.circleci/config\.yml|\.travis\.yml|azure-pipelines\.ya?ml|bitbucket-pipelines\.yml|cloudbuild\.ya?ml|\.buildkite/.*\.ya?ml|\.drone\.yml|\.woodpecker(\.ya?ml|/.*)|Jenkinsfile)$|(^|/)Jenkinsfile$'
manifest='(^|/)(package\.json|deno\.jsonc?|pyproject\.toml|setup\.(py|cfg)|Pipfile|requirements[^/]*\.(txt|in)|environment\.ya?ml|Gemfile|[^/]*\.gemspec|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(\.kts)?|build\.sbt|composer\.json|mix\.exs|rebar\.config|pubspec\.yaml|Package\.swift|Podfile|[^/]*\.(cs|fs|vb)proj|CMakeLists\.txt|conanfile\.(txt|py)|deps\.edn|project\.clj)$'
lockfile='(^|/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|poetry\.lock|uv\.lock|pdm\.lock|pylock[^/]*\.toml|Pipfile\.lock|conda-lock\.yml|Gemfile\.lock|go\.sum|Cargo\.lock|gradle\.lockfile|composer\.lock|mix\.lock|rebar\.lock|pubspec\.lock|Package\.resolved|Podfile\.lock|packages\.lock\.json|flake\.lock|conan\.lock|\.terraform\.lock\.hcl)$'
envfile='(^|/)(\.env(\.[^/]*)?|[^/]*\.env|\.envrc)$'
sample='[._-](example|sample|template|dist|tpl|tmpl|defaults?|schema)(\.|$)'

# --- printing ---

# Control characters and passwords stay out of the output; lines have an end.
clean() {
  tr '\t' ' ' | tr -d '\001-\010\013-\037\177' |
    sed -E -e 's#(://[^:/@ ]*):[^@/ ]+@#\1:***@#g' \
      -e "s/(([Pp]assw(or)?d|PASSW(OR)?D|[Ss]ecret|SECRET|[Tt]oken|TOKEN|[Aa]pi_?[Kk]ey|API_?KEY)[A-Za-z_]*[\"']? *[:=] *)[^ ,;]+/\\1***/g" \
      -e 's/^(\.\/)?(.*)$/\2/'
}

factor() {
  printf '\n## %s\n' "$1"
}

# Prints the lines of the input under a label, with their number.
show() {
  clean | awk -v label="$1" -v max="$max" '
    length($0) > 0 {
      count++
      if (count > max) next
      if (length($0) > 240) { $0 = substr($0, 1, 240); sub(/[\300-\377][\200-\277]*$/, ""); $0 = $0 " [cut]" }
      kept[count] = $0
    }
    END {
      printf "%s (%d)\n", label, count
      for (i = 1; i <= count && i <= max; i++) print "  " kept[i]
      if (count > max) printf "  ... and %d more\n", count - max
    }'
}

# The files whose paths match $1, without those that match $2.
matching() {
  printf '%s\n' "$list" | grep -E -e "$1" | grep -vE -e "${2:-^$}" || :
}

# Searches the files of the input for $1 and prints PATH:LINE: TEXT, without the lines whose text matches $2, and without very long ones, which are generated.
search() {
  sed -e '/^$/d' -e 's|^|./|' | tr '\n' '\0' | { xargs -0 grep -InE -e "$1" -- /dev/null 2>/dev/null || :; } |
    without="${2:-^\$}" awk 'match($0, /:[0-9]+:/) {
      place = substr($0, 1, RSTART + RLENGTH - 1); text = substr($0, RSTART + RLENGTH)
      sub(/^[ \t]+/, "", text)
      if (length(text) < 1000 && text !~ ENVIRON["without"]) print place " " text
    }'
}

comment='^(#|//|/?[*]|<!--)'

files() { # LABEL PATHS [WITHOUT]
  matching "$2" "${3:-}" | show "$1"
}

inside() { # PATHS PATTERN [WITHOUT]
  matching "$1" | search "$2" "${3:-$comment}"
}

lines() { # LABEL PATHS PATTERN [WITHOUT]
  inside "$2" "$3" "${4:-$comment}" | show "$1"
}

source_lines() { # LABEL PATTERN [WITHOUT]
  printf '%s\n' "$code" | search "$2" "${3:-$comment}" | show "$1"
}

# How many lines match in each file, most first.
source_counts() { # LABEL PATTERN
  printf '%s\n' "$code" | search "$2" "$comment" | awk 'match($0, /:[0-9]+:/) { print substr($0, 1, RSTART - 1) }' | sort | uniq -c | sort -rn |
    sed -E 's/^ *([0-9]+) (\.\/)?(.*)$/\3: \1 lines/' | show "$1"
}

folders() { # of the paths of the input
  sed -e 's|^[^/]*$|.|' -e 's|/[^/]*$||' | sort -u
}

# The manifests that have no lock file of their kind beside or above them.
unlocked() {
  matching "$manifest|$lockfile|\\.tf\$" "$tests" | awk '
    function folder(path) { return match(path, /\/[^\/]*$/) ? substr(path, 1, RSTART - 1) : "" }
    function stem(path) { sub(/^.*\//, "", path); return path }
    function kind(name) {
      if (name ~ /^(package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/) return "node"
      if (name ~ /^(pyproject\.toml|Pipfile|poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock|requirements.*\.txt|pylock.*\.toml)$/) return "python"
      if (name ~ /^Gemfile(\.lock)?$/) return "ruby"
      if (name ~ /^go\.(mod|sum)$/) return "go"
      if (name ~ /^Cargo\.(toml|lock)$/) return "rust"
      if (name ~ /^composer\.(json|lock)$/) return "php"
      if (name ~ /^mix\.(exs|lock)$/) return "elixir"
      if (name ~ /^pubspec\.(yaml|lock)$/) return "dart"
      if (name ~ /^Package\.(swift|resolved)$/) return "swift"
      if (name ~ /^Podfile(\.lock)?$/) return "pods"
      if (name ~ /^(build\.gradle(\.kts)?|gradle\.lockfile)$/) return "gradle"
      if (name ~ /\.(cs|fs|vb)proj$|^packages\.lock\.json$/) return "dotnet"
      if (name ~ /\.tf$|^\.terraform\.lock\.hcl$/) return "terraform"
      return ""
    }
    {
      name = stem($0); which = kind(name)
      if (which == "") next
      if (name ~ /lock|npm-shrinkwrap|^go\.sum$|^Package\.resolved$|^requirements/) locked[which, folder($0)] = 1
      else if (which != "terraform" || !((which, folder($0)) in seen)) { seen[which, folder($0)] = 1; paths[++count] = $0 }
    }
    END {
      for (i = 1; i <= count; i++) {
        which = kind(stem(paths[i])); at = folder(paths[i]); found = 0
        while (1) {
          if ((which, at) in locked) { found = 1; break }
          if (at == "") break
          at = folder(at)
        }
        if (!found) print paths[i]
      }
    }'
}

# --- the inventory ---

printf '# Inventory of %s\n' "$PWD" | clean
printf '%s files, %s of them source code without tests; git: %s\n' \
  "$(printf '%s\n' "$list" | grep -c . || :)" "$(printf '%s\n' "$code" | grep -c . || :)" "$git"
[ "$strange" -eq 0 ] || printf 'left out: %s files with a newline in their names\n' "$strange"

factor 'I codebase (one-codebase)'
if [ "$git" = yes ]; then
  readonly_git remote -v | sed -n 's/ (fetch)$//p' | show 'remotes'
  readonly_git for-each-ref --format='%(refname:short)' refs/heads refs/remotes |
    { grep -iE '(^|[/_-])(prod(uction)?|staging|stage|live|uat|qa|test|demo|customer|tenant)([/_-]|$)' || :; } | show 'branches named like environments or customers'
fi
files 'submodules and fetched repositories' '(^|/)(\.gitmodules|\.gitrepo|\.repo|west\.yml)$'
matching "$manifest" "$tests" | folders | show 'folders with a manifest: candidates for units that are deployed or published'

factor 'II dependencies (explicit-dependencies)'
files 'manifests' "$manifest" "$tests"
files 'lock files' "$lockfile" "$tests"
unlocked | show 'manifests with no lock file beside or above them'
files 'pinned toolchains' '(^|/)(\.tool-versions|mise\.toml|\.mise\.toml|\.nvmrc|\.node-version|\.python-version|\.ruby-version|\.java-version|\.sdkmanrc|\.swift-version|rust-toolchain(\.toml)?|global\.json|flake\.nix|shell\.nix|devbox\.json|gradle-wrapper\.properties)$'
printf '%s\n' "$all" | sed -nE "s#$copied.*#\\1\\2#p" | sort -u | show 'dependencies copied into the repository'
lines 'system packages and downloads in builds and scripts' "$dockerfile|$ci|\\.(sh|bash)\$|(^|/)Makefile\$" \
  '(apt-get|apt|apk|yum|dnf|microdnf) +(-[^ ]+ +)*(install|add)|(curl|wget) .*\| *(sudo +)?(ba|z)?sh|(npm|pnpm) (install|i) +-g|pip3? install +[a-zA-Z]'
source_counts 'code that starts other programs' "\\bsubprocess\\.|os\\.system\\(|child_process|exec\\.Command\\(|ProcessBuilder\\(|Runtime\\.getRuntime\\(\\)\\.exec|Open3\\.|shell_exec\\(|Process\\.Start\\("

factor 'III config (config-in-environment)'
if [ "$git" = yes ]; then
  readonly_git ls-files -z | tr '\n\0' '\001\n' | { grep -v "$newline" || :; } | { grep -E "$envfile" || :; } | { grep -viE "$sample" || :; } |
    show 'env files that git tracks (read them, do not quote their values)'
else
  files 'env files (read them, do not quote their values)' "$envfile" "$sample"
fi
matching "$envfile|(^|/)\\.?env" "^\$" | { grep -iE "$sample" || :; } | show 'samples of env files'
files 'configuration per environment' '(^|/)((application|appsettings|config|settings|values|database|secrets|credentials)[._-](dev|develop|development|local|test|stage|staging|prod|production|live|qa|uat)[._-][^/]*|(config|conf|settings|environments?|env|envs|overlays)/(dev|develop|development|local|stage|staging|prod|production|live|qa|uat)([._-][^/]*|/.*))$' "$tests"
source_counts 'reads of the environment, by file' "process\\.env\\b|import\\.meta\\.env|Deno\\.env|Bun\\.env|os\\.environ|os\\.getenv|os\\.(Getenv|LookupEnv)|System\\.getenv|\\bENV(\\[|\\.fetch)|\\bgetenv\\(|\\\$_ENV|env::var|Environment\\.GetEnvironmentVariable|ProcessInfo\\.processInfo\\.environment|System\\.(get_env|fetch_env)"
source_lines 'branches on the name of the environment' "(NODE_ENV|RAILS_ENV|RACK_ENV|APP_ENV|FLASK_ENV|DJANGO_ENV|MIX_ENV|ASPNETCORE_ENVIRONMENT|[Ee]nvironment|env)\\b[^=!]{0,12}(===?|!==?) *['\"][a-z]+['\"]|Rails\\.env\\.[a-z]+\\?|\\.IsDevelopment\\(|\\.IsProduction\\("

factor 'IV backing services (attached-backing-services)'
printf '%s\n' "$list" | { grep -E "$yaml|\\.(toml|ini|cfg|conf|json|properties|env|tf|sh)\$|\\.env|$dockerfile|\\.$languages\$" || :; } | { grep -vE "$tests|$lockfile" || :; } |
  search "\\b(postgres(ql)?|mysql|mariadb|mongodb(\\+srv)?|rediss?|amqps?|kafka|nats|memcached|smtps?|ldaps?|clickhouse|s3|sqlserver|jdbc:[a-z]+|sqlite):///?[A-Za-z0-9_\$%.{]" "$comment" | show 'addresses of services in code and configuration'
lines 'images of services' "$compose|$ci" "image: *[\"']?[^ ]*(postgres|mysql|mariadb|mongo|redis|valkey|memcached|rabbitmq|kafka|redpanda|nats|elasticsearch|opensearch|minio|localstack|mailhog|mailpit|clickhouse|vault|keycloak)"
source_lines 'addresses of this machine as a default' "['\"/@](localhost|127\\.0\\.0\\.1)[:/'\"]"

factor 'V build, release, run (build-release-run)'
files 'Dockerfiles' "$dockerfile"
lines 'base images' "$dockerfile" '^ *FROM '
files 'pipelines' "$ci"
files 'deploy descriptors' '(^|/)(Chart\.yaml|kustomization\.ya?ml|skaffold\.ya?ml|helmfile\.ya?ml|fly\.toml|app\.(json|ya?ml)|render\.yaml|railway\.(json|toml)|vercel\.json|netlify\.toml|serverless\.ya?ml|template\.ya?ml|samconfig\.toml|heroku\.yml|project\.toml|nomad\.hcl|[^/]*\.nomad|[^/]*\.(service|tf)|Capfile|deploy\.rb|deploy\.ya?ml|playbook[^/]*\.ya?ml)$'
lines 'images without a fixed version' "$yaml" "image: *[\"']?[A-Za-z0-9._/-]+(:latest)?[\"']? *(#.*)?\$"
descriptors="$dockerfile|$compose|\\.service\$"
scripts='(^|/)[^/]*(entrypoint|start|run|boot)[^/]*\.sh$'
build='(npm (ci|install|run build)|yarn (install|build)|pnpm (install|i|build|run build)|pip3? install|poetry install|uv sync|bundle install|assets:precompile|collectstatic|go (build|run) |cargo (build|run)|mvn |gradlew? |\btsc\b|webpack|vite build|git (pull|clone))'
{
  inside "$descriptors" "^ *(CMD|ENTRYPOINT|ExecStart=|command:|entrypoint:).*$build"
  inside "$procfile" "^[A-Za-z0-9_-]+: .*$build" '^(release|postdeploy):'
  inside '(^|/)package\.json$' "\"(pre)?start(:[a-z-]+)?\": .*$build"
  inside "$scripts" "$build"
} | show 'build work in what starts a process'
if [ "$git" = yes ]; then
  readonly_git for-each-ref --sort=-creatordate --format='%(refname:short)' refs/tags | show 'tags, newest first'
fi

factor 'VI processes (stateless-processes)'
lines 'process types: Procfiles' "$procfile" '^[A-Za-z0-9_-]+: '
lines 'process types: images' "$dockerfile" '^ *(CMD|ENTRYPOINT)\b'
lines 'process types: compose' "$compose" '^ +(command|entrypoint): '
lines 'process types: units and package scripts' '\.service$|(^|/)package\.json$' '^ExecStart=|"(start|serve|worker|web|dev)(:[a-z-]+)?": '
lines 'process types: manifests' "$yaml" "^ *kind: *(Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|Rollout)\\b"
lines 'volumes, affinity and single replicas' "$yaml|$dockerfile|\\.(conf|tf)\$" \
  'hostPath:|persistentVolumeClaim:|ReadWriteOnce|volumeClaimTemplates|^ *VOLUME |sessionAffinity: *ClientIP|ip_hash|[Ss]tickiness|sticky|strategy:.*Recreate|type: *Recreate|replicas: *1$'
source_lines 'sessions, caches and schedulers in a process' \
  'MemoryStore\(|LocMemCache|SESSION_FILE|filesystem.*session|@lru_cache|@cache\b|ConcurrentHashMap<|sync\.Map\b|BackgroundScheduler\(|node-cron|cron\.schedule\(|@Scheduled|APScheduler|rufus'
source_lines 'writes to the local disk' \
  'fs\.(promises\.)?(writeFile|createWriteStream|appendFile)|multer\(|diskStorage\(|os\.(Create|WriteFile|OpenFile)\(|Files\.(write|copy|newBufferedWriter)|FileOutputStream\(|move_uploaded_file|File\.(write|open)\([^)]*['"'"'"](w|a)|FileSystemStorage|MEDIA_ROOT'

factor 'VII port binding (port-binding)'
source_lines 'code that listens' "\\.listen\\(|ListenAndServe|net\\.Listen\\(|\\.bind\\(\\(|uvicorn\\.run\\(|app\\.run\\(|HttpServer|createServer\\(|TcpListener|WebHost|embeddedServer\\(|ServerBootstrap"
lines 'ports in images and manifests' "$dockerfile|$compose|$yaml" '^ *EXPOSE |containerPort:|targetPort:|published:|^ *- ["'"'"']?([0-9.]+:)?[0-9]+:[0-9]+'
source_lines 'reads of PORT' "['\"._\\[(]PORT\\b"
files 'servers that the code is put into' '(^|/)(web\.xml|server\.xml|tomcat[^/]*|\.htaccess|httpd\.conf|[^/]*\.wsgi|uwsgi\.ini|php-fpm[^/]*|web\.config|jboss[^/]*\.xml|passenger[^/]*)$'

factor 'VIII concurrency (process-concurrency)'
lines 'replicas and scaling' "$yaml|\\.(tf|toml)\$" '^ *(replicas|minReplicas|maxReplicas|min_capacity|max_capacity|desired_count|min_machines_running|minScale): *|kind: *(HorizontalPodAutoscaler|ScaledObject)|desired_count *='
lines 'daemons, PID files and supervisors' "$dockerfile|$procfile|$compose|\\.(sh|service|py|rb|conf|ini)\$" \
  '\bnohup\b|--daemon(ize)?\b|daemonize|start-stop-daemon|\bpm2 +start|supervisord|forever start|PIDFile=|--pid(file)?\b|setsid '
{
  inside "$descriptors|$procfile|$scripts|(^|/)package\\.json\$" '(--workers|--threads|--concurrency|-w +[0-9]|WEB_CONCURRENCY)'
  inside '(^|/)(puma\.rb|gunicorn[^/]*|unicorn\.rb|sidekiq\.yml|celery[^/]*\.py)$' '^ *:?(workers|threads|worker_processes|max_threads|concurrency)\b'
} | show 'workers and threads of a server'

factor 'IX disposability (disposable-processes)'
source_lines 'signals and shutdown' "SIGTERM|NotifyContext|addShutdownHook|@PreDestroy|Signal\\.trap|ctrl_c\\(|ApplicationStopping|setTerminationHandler|graceful.?[Ss]hutdown"
lines 'commands through a shell' "$dockerfile" '^ *(CMD|ENTRYPOINT) +[^[ ]'
lines 'grace periods, probes and stop signals' "$yaml|$dockerfile|\\.(service|toml)\$" 'terminationGracePeriodSeconds|stop_grace_period|preStop:|(readiness|liveness|startup)Probe:|STOPSIGNAL|HEALTHCHECK|TimeoutStopSec|KillSignal|kill_timeout'
source_lines 'acknowledgement of jobs' "auto_?[Aa]ck|no_?[Aa]ck|basic_ack|basicAck|acks_late|enable\\.auto\\.commit|enable_auto_commit|deleteMessage\\(|delete_message\\("

factor 'X dev/prod parity (dev-prod-parity)'
files 'development environments' "(^|/)(\\.devcontainer/[^/]*|devcontainer\\.json|Vagrantfile|docker-compose[^/]*|compose[^/]*\\.ya?ml|flake\\.nix|shell\\.nix|devbox\\.json|Tiltfile|skaffold\\.yaml|bin/setup|script/(setup|bootstrap))\$"
printf '%s\n' "$list" | { grep -E "\\.$languages\$|$yaml|\\.(toml|ini|cfg|properties|json|env)\$|\\.env" || :; } | { grep -vE "$lockfile|$tests" || :; } |
  search "sqlite(3)?(:|['\"])|:memory:|\\bH2Dialect|jdbc:h2|UseInMemoryDatabase|LocMemCache|DummyCache|EmailBackend.*(console|filebased|locmem)|fakeredis|MemoryQueue|delivery_method *= *:(test|file|letter)" "$comment" | show 'stand-ins for a service'
lines 'services in pipelines' "$ci" '^ *services:|image: '

factor 'XI logs (logs-as-event-streams)'
files 'configuration of logging' '(^|/)(logback[^/]*\.xml|log4j2?[^/]*\.(xml|properties|ya?ml|json)|log4rs\.ya?ml|logging\.(conf|ini|ya?ml|json)|nlog\.config|serilog[^/]*\.json|logrotate[^/]*|[^/]*\.logrotate|fluent[^/]*\.conf|filebeat[^/]*\.yml|promtail[^/]*\.ya?ml)$'
source_lines 'logs that are written to files' "(Rotating|TimedRotating|Watched)?FileHandler\\(|transports\\.(File|DailyRotateFile)|lumberjack\\.Logger|RollingFileAppender|FileAppender|Logger\\.new\\([^)]*(log/|\\.log)|basicConfig\\(.*filename|RollingFile|pino\\.destination\\([^)]|file_appender|WriteTo\\.File|[\"'][^\"' ]*/var/log/|[\"'][^\"' ]*\\.log[\"']"
lines 'logs that are sent to files by configuration' "$dockerfile|$procfile|$compose|$yaml|\\.(sh|service|xml|ini|conf|cfg)\$" "(>>?|--(access|error)-?log(file)?[ =]|access_log|error_log|StandardOutput=(append|file):|<file>|logfile *[:=]) *[\"']?[^ \"']*(/logs?/|\\.log)"
files 'log files in the repository' '\.log(\.[0-9]+)?$' "$tests"

factor 'XII admin processes (one-off-admin-processes)'
matching '(^|/)(migrations?|migrate|db/migrate|alembic/versions|flyway|liquibase|prisma/migrations|db/changelog)/[^/]+(/[^/]+)?$' "$tests" | folders | show 'folders of migrations'
files 'tasks and scripts' '(^|/)(manage\.py|artisan|Rakefile|lib/tasks/[^/]*\.rake|management/commands/[^/]*\.py|bin/(console|rails|migrate|seed)[^/]*|scripts?/[^/]*(migrat|seed|backfill|import|export|cleanup|fix|admin|console)[^/]*|seeds?\.(rb|ts|js|py|sql|exs))$' "(^|/)management/commands/__init__\\.py\$|$tests"
lines 'one-off runs in manifests and pipelines' "$yaml|$procfile|(^|/)(package\\.json|Makefile|app\\.json|fly\\.toml)\$" '^release: |release_command|"postdeploy"|kind: *(Job|CronJob)\b|helm\.sh/hook|(db:|prisma |alembic |flyway |manage\.py |knex |typeorm |goose |dbmate |sequelize |ecto\.|artisan )[a-z:]*migrat|alembic upgrade|prisma db push'
migrate='(migrat|alembic upgrade|db push|schema:load)'
{
  inside "$descriptors" "^ *(CMD|ENTRYPOINT|ExecStart=|command:|entrypoint:).*$migrate"
  inside "$procfile" "^[A-Za-z0-9_-]+: .*$migrate" '^(release|postdeploy):'
  inside '(^|/)package\.json$' "\"(pre)?start(:[a-z-]+)?\": .*$migrate"
  inside "$scripts" "$migrate"
} | show 'migrations as part of a start'
lines 'hands on a running instance' "\\.(sh|md|ya?ml)\$|(^|/)Makefile\$" '(kubectl|docker|oc|docker[ -]compose) exec .*(psql|mysql|console|shell|python|rails|node|sh -c)|ssh [^|]*(prod|production).*(psql|mysql|rails|python|sql)' '^$'
