#pragma once
#include "jobs/jobs.h"
#include "mandant/organisation.h"

namespace mandant {

/// Jobs for the administrator (right auftragVerwalten), and their progress for the person concerned.
void addAuftragRoutes(http::Routes& routes, Zugang& zugang, const jobs::Werk& werk);

}  // namespace mandant
