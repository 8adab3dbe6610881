# The gateway and its commands, over a Neo4j that runs elsewhere; docker-compose.yml shows the whole.
#   docker build --tag jointcredit .
ARG PYTHON=python:3.13-slim-trixie

FROM ${PYTHON} AS dependencies
WORKDIR /source
RUN python3 -m venv --without-pip /opt/jointcredit
COPY requirements.txt .
RUN python3 -m pip --python /opt/jointcredit/bin/python install --quiet --no-cache-dir --require-hashes -r requirements.txt


FROM ${PYTHON} AS wheel
WORKDIR /source
RUN python3 -m venv /opt/build
# Of the development lock only hatchling and what it needs; tests/test_compose.py compares the names.
COPY requirements-dev.txt .
RUN awk '/^[a-z]/ { keep = /^(hatchling|packaging|pathspec|pluggy|tomlkit|trove-classifiers)==/ } keep' \
        requirements-dev.txt >requirements-build.txt \
    && /opt/build/bin/pip install --quiet --no-cache-dir --require-hashes -r requirements-build.txt
COPY pyproject.toml README.md LICENSE ./
COPY api api
COPY graph graph
COPY loaders loaders
RUN /opt/build/bin/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir /wheels .


FROM ${PYTHON}
# Apart from the dependencies, so that a change of ours is a small layer.
COPY --from=dependencies /opt/jointcredit /opt/jointcredit
COPY --from=wheel /wheels /wheels
RUN python3 -m pip --python /opt/jointcredit/bin/python install --quiet --no-cache-dir --no-deps --no-index /wheels/*.whl
# Logs arrive as they are written. A container's own loopback is reached by nobody. No embedded Neo4j is in the image, so
# that an address must stand here: without a password the commands then ask for one.
ENV PATH=/opt/jointcredit/bin:${PATH} \
    PYTHONUNBUFFERED=1 \
    NEO4J_URI=bolt://neo4j:7687 \
    JOINTCREDIT_HOST=0.0.0.0 \
    USER=jointcredit
# A number, so that an orchestrator can see that it is not root. It owns no file, for nothing is written, and has no name
# but USER, under which the graph remembers who migrated it.
USER 10001:10001
EXPOSE 8000
# http.client and not urllib, which would ask a proxy of the environment.
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python3", "-c", "import http.client, os, sys; gateway = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('JOINTCREDIT_PORT') or 8000), timeout=4); gateway.request('GET', '/readyz'); sys.exit(gateway.getresponse().status != 200)"]
ENTRYPOINT ["jointcredit"]
CMD ["serve"]
